using System.Globalization;

namespace FederationConsole.Platform.StrictJson;

/// <summary>One thing wrong in a JSON text.</summary>
/// <param name="Path">Where, e.g. <c>$.projects[0].environments.development.sources[2].privateKey</c>.</param>
/// <param name="Message">What is allowed there, for people, in the language of the current UI culture. Never quotes a secret.</param>
public sealed record JsonFault(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}

/// <summary>Gathers every fault of a text, so that its author sees all of them at once.</summary>
public sealed class JsonFaults
{
    // Two rules may see the same thing: it is said once.
    private readonly OrderedDictionary<JsonFault, bool> found = [];

    public IReadOnlyList<JsonFault> All => found.Keys;

    /// <param name="path">Where.</param>
    /// <param name="text">A key of <see cref="StrictJsonTexts"/>.</param>
    /// <param name="arguments">What stands in the text's {0}, {1}, ...</param>
    public void Add(JsonPath path, string text, params object[] arguments) =>
        found.TryAdd(new JsonFault(path.ToString(), StrictJsonTexts.Say(text, arguments)), true);
}

/// <summary>A place in a JSON text, written as JSONPath (RFC 9535) writes it; not before it is asked for, since most values have no fault.</summary>
public sealed class JsonPath
{
    public static readonly JsonPath Root = new(null, "$", null);

    private readonly JsonPath? parent;
    private readonly string? step;
    private readonly int? index;

    private JsonPath(JsonPath? parent, string? step, int? index) => (this.parent, this.step, this.index) = (parent, step, index);

    /// <summary>The last key on the way here.</summary>
    public string Name { get; private init; } = "";

    public JsonPath Key(string name) => new(this, null, null) { Name = name };

    public JsonPath Item(int index) => new(this, null, index) { Name = Name };

    /// <summary>An item by what it is called instead of where it stands: <c>sources[10]</c> is source 10.</summary>
    public JsonPath Item(string identity) => new(this, $"[{identity}]", null) { Name = Name };

    public override string ToString() => parent + (step ?? (index is { } i ? string.Create(CultureInfo.InvariantCulture, $"[{i}]") : Written(Name)));

    private static string Written(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_')
        ? "." + name
        : $"['{name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}']";
}
