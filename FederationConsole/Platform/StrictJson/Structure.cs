using System.Text.Json;
using System.Text.Json.Nodes;

namespace FederationConsole.Platform.StrictJson;

/// <summary>One key of an object.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">What its value must be.</param>
/// <param name="Says">What it is for: a line of the reference page.</param>
/// <param name="Required">Whether an object without it is refused.</param>
/// <param name="Nullable">Whether <c>null</c> is a value here; of a secret it always is.</param>
public sealed record Field(string Name, Shape Shape, string Says, bool Required = false, bool Nullable = false)
{
    public bool TakesNull => Nullable || Shape is SecretShape;
}

/// <summary>An object whose fields may depend on what one of its keys says.</summary>
public abstract record ObjectLike : Shape
{
    public override string Allowed => StrictJsonTexts.Say("Allowed.Object");

    /// <summary>The fields that hold for one object.</summary>
    /// <param name="read">The value of a key as it is written (texts without quotes), or null without that key.</param>
    public abstract ObjectShape Resolve(Func<string, string?> read);

    /// <summary>Every form that the object can take, each with the key and the value of it that decide (empty for the only one).</summary>
    public abstract IEnumerable<(string Key, string Value, ObjectShape Shape)> Forms { get; }

    public ObjectShape Resolve(JsonObject value) => Resolve(key => value[key] is JsonValue v ? v.ToString() : null);

    /// <summary>In whatever order its keys stand; one that is left out says what <c>null</c>, <c>false</c> or nothing in it would.</summary>
    public override string Canonical(JsonNode value)
    {
        var fields = Resolve(value.AsObject());
        return "{" + string.Join(',', value.AsObject()
            .Where(p => p.Value is not null)
            .Select(p => (p.Key, Text: fields[p.Key]?.Shape.Canonical(p.Value!) ?? p.Value!.ToJsonString(Plain)))
            .Where(p => p.Text is not ("false" or "[]" or "{}" or "\"\""))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{p.Key}:{p.Text}")) + "}";
    }

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(path, "WrongType", Allowed);
            return;
        }

        Resolve(key => value.TryGetProperty(key, out var v) ? v.ToString() : null).CheckFields(value, path, faults);
    }
}

/// <summary>An object with these keys and no others.</summary>
public sealed record ObjectShape(params Field[] Fields) : ObjectLike
{
    private readonly Dictionary<string, Field> byName = Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Pairs of keys of which the second may not be less than the first (times: must be later).</summary>
    public IReadOnlyList<(string First, string Second)> InOrder { get; init; } = [];

    public override IEnumerable<(string Key, string Value, ObjectShape Shape)> Forms => [("", "", this)];

    public Field? this[string name] => byName.GetValueOrDefault(name);

    public override ObjectShape Resolve(Func<string, string?> read) => this;

    /// <summary>The same object with more keys.</summary>
    public ObjectShape With(params IEnumerable<Field> more) => new([.. Fields, .. more]) { InOrder = InOrder };

    internal void CheckFields(JsonElement value, JsonPath path, JsonFaults faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var name = property.Name;
            if (!seen.Add(name))
            {
                faults.Add(path.Key(name), "DuplicateKey");
            }
            else if (this[name] is not { } field)
            {
                var nearest = Nearest.To(name, byName.Keys.Where(k => !value.TryGetProperty(k, out _)));
                faults.Add(path.Key(name), nearest is null ? "UnknownKey" : "UnknownKeyNearest", string.Join(", ", byName.Keys), nearest ?? "");
            }
            else if (property.Value.ValueKind != JsonValueKind.Null)
            {
                field.Shape.Check(property.Value, path.Key(name), faults);
            }
            else if (!field.TakesNull)
            {
                faults.Add(path.Key(name), "NoNull", field.Shape.Allowed);
            }
        }

        foreach (var missing in Fields.Where(f => f.Required && !seen.Contains(f.Name)))
        {
            faults.Add(path.Key(missing.Name), "MissingKey", missing.Shape.Allowed);
        }

        foreach (var (first, second) in InOrder)
        {
            if (value.TryGetProperty(first, out var a) && value.TryGetProperty(second, out var b) && IsOutOfOrder(a, b))
            {
                faults.Add(path.Key(second), "OutOfOrder", first);
            }
        }
    }

    private static bool IsOutOfOrder(JsonElement a, JsonElement b) => (a.ValueKind, b.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => a.TryGetDecimal(out var x) && b.TryGetDecimal(out var y) && y < x,
        (JsonValueKind.String, JsonValueKind.String) => TimeShape.TryInstant(a, out var x) && TimeShape.TryInstant(b, out var y) && y <= x,
        _ => false,
    };
}

/// <summary>An object whose fields depend on the value of one key, as a source's do on its number.</summary>
public sealed record VariantShape(Field Key, IReadOnlyDictionary<string, ObjectShape> By) : ObjectLike
{
    // Where the key itself is wrong nobody knows which fields are meant: only what no form has is refused then.
    private readonly ObjectShape any = new([Key, .. By.Values.SelectMany(o => o.Fields).DistinctBy(f => f.Name).Select(f => f with { Required = false })]);

    private readonly Dictionary<string, ObjectShape> by = By.ToDictionary(p => p.Key, p => new ObjectShape([Key, .. p.Value.Fields]) { InOrder = p.Value.InOrder });

    public override IEnumerable<(string Key, string Value, ObjectShape Shape)> Forms => by.Select(p => (Key.Name, p.Key, p.Value));

    public override ObjectShape Resolve(Func<string, string?> read) => read(Key.Name) is { } word && by.TryGetValue(word, out var shape) ? shape : any;
}

/// <summary>An object of one form when it has a key, of another when it has not.</summary>
public sealed record EitherShape(string Key, ObjectShape With, ObjectLike Without) : ObjectLike
{
    public override IEnumerable<(string Key, string Value, ObjectShape Shape)> Forms => [(Key, "", With), .. Without.Forms];

    public override ObjectShape Resolve(Func<string, string?> read) => read(Key) is null ? Without.Resolve(read) : With;
}

/// <summary>A list of values of one shape.</summary>
/// <param name="Item">What each must be.</param>
/// <param name="Max">How many there may be.</param>
public sealed record ListShape(Shape Item, int Max = 1000) : Shape
{
    /// <summary>
    /// What makes two objects the same one: alternatives, each a set of keys; the first whose first key an object has is its identity.
    /// Two objects of one identity are refused. Empty: the values themselves must differ.
    /// </summary>
    public IReadOnlyList<string[]> Identity { get; init; } = [];

    /// <summary>Whether a list replaces the one before it; otherwise items are added or changed by identity and none is taken away.</summary>
    public bool Whole { get; init; }

    public int Min { get; init; }

    public override string Allowed => StrictJsonTexts.Say("Allowed.List", Min, Max);

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add(path, "WrongType", Allowed);
            return;
        }

        if (value.GetArrayLength() < Min || value.GetArrayLength() > Max)
        {
            faults.Add(path, "OutOfRange", Allowed);
        }

        var seen = new Dictionary<string, JsonPath>(StringComparer.Ordinal);
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            Item.Check(item, path.Item(index), faults);
            if (IdentityOf(key => Raw(item, key)) is not { } identity)
            {
                continue;
            }

            var at = identity.Key is null ? path.Item(index) : path.Item(index).Key(identity.Key);
            if (!seen.TryAdd(identity.Key + "=" + identity.Value, at))
            {
                faults.Add(at, "Duplicate", seen[identity.Key + "=" + identity.Value]);
            }
        }
    }

    public override string Canonical(JsonNode value) =>
        "[" + string.Join(',', value.AsArray().Select(item => item is null ? "null" : Item.Canonical(item))) + "]";

    /// <summary>Which key names an item and what it says there; null when it says nothing.</summary>
    /// <param name="read">The value of a key, or with null the item itself.</param>
    public (string? Key, string Value)? IdentityOf(Func<string?, string?> read)
    {
        if (Identity.Count == 0)
        {
            return read(null) is { } itself ? (null, itself) : null;
        }

        return Identity.FirstOrDefault(keys => read(keys[0]) is not null) is { } named
            ? (named[0], string.Join('/', named.Select(read).OfType<string>()))
            : null;
    }

    private static string? Raw(JsonElement item, string? key)
    {
        if (key is not null)
        {
            return item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var value) && IsScalar(value) ? value.ToString() : null;
        }

        return IsScalar(item) ? item.ToString() : null;
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;
}
