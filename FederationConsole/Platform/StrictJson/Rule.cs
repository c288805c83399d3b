using System.Text.Json;
using System.Text.RegularExpressions;

namespace FederationConsole.Platform.StrictJson;

/// <summary>
/// What holds between values in different places. Places are written as paths with <c>*</c> for any step, <c>{name}</c> for a step
/// that must be the same wherever the name stands, and <c>(a|b)</c> for either key.
/// </summary>
public abstract record Rule
{
    public abstract void Check(IReadOnlyList<Leaf> leaves, JsonFaults faults);

    /// <summary>A text or number with its place.</summary>
    public sealed record Leaf(JsonPath Path, string Value);

    /// <summary>Every text and number below a value, in the order of the file.</summary>
    public static IEnumerable<Leaf> Leaves(JsonElement value, JsonPath path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Leaves(p.Value, path.Key(p.Name))),
        JsonValueKind.Array => value.EnumerateArray().Index().SelectMany(p => Leaves(p.Item, path.Item(p.Index))),
        JsonValueKind.String or JsonValueKind.Number => [new Leaf(path, value.ToString())],
        _ => [],
    };

    /// <summary>A path with holes as an expression over written paths.</summary>
    private protected sealed class Place(string pattern)
    {
        private const string Step = @"[^.\[\]]+";

        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

        private readonly Regex form = new("^" + Expression(pattern) + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience);

        // Almost every leaf is told by its last key alone.
        private readonly HashSet<string> names = [.. pattern.Split('.')[^1].Replace("[*]", "", StringComparison.Ordinal).Trim('(', ')').Split('|')];

        private static string Expression(string pattern) => Regex.Replace(
            pattern,
            @"[.$\[\]*]|\{(?<name>\w+)\}",
            m => m.Value switch
            {
                "*" => Step,
                ['{', ..] => $"(?<{m.Groups["name"].Value}>{Step})",
                var special => @"\" + special,
            },
            RegexOptions.ExplicitCapture,
            Patience);

        /// <summary>The leaves at this place, each with the values of the named steps.</summary>
        public IEnumerable<(Leaf Leaf, string Scope)> Find(IEnumerable<Leaf> leaves, IReadOnlyCollection<string> steps) =>
            from leaf in leaves
            where names.Contains(leaf.Path.Name)
            let match = form.Match(leaf.Path.ToString())
            where match.Success
            select (leaf, string.Join('/', steps.Select(n => match.Groups[n].Value)));

        public IEnumerable<string> Names => form.GetGroupNames().Where(n => !char.IsAsciiDigit(n[0]));

        public override string ToString() => pattern;
    }
}

/// <summary>No value stands twice at a place: within the named steps if it has any, else in the whole file.</summary>
public sealed record UniqueRule(string At) : Rule
{
    private readonly Place place = new(At);

    /// <summary>Values that differ in the case of letters alone are one.</summary>
    public bool IgnoreCase { get; init; }

    public override void Check(IReadOnlyList<Leaf> leaves, JsonFaults faults)
    {
        var first = new Dictionary<(string Scope, string Value), JsonPath>();
        foreach (var (leaf, scope) in place.Find(leaves, [.. place.Names]))
        {
            var key = (scope, IgnoreCase ? leaf.Value.ToUpperInvariant() : leaf.Value);
            if (!first.TryAdd(key, leaf.Path))
            {
                faults.Add(leaf.Path, "Duplicate", first[key]);
            }
        }
    }
}

/// <summary>Every value at one place stands also at another, where the named steps of both agree.</summary>
public sealed record ReferenceRule(string From, string To) : Rule
{
    private readonly Place from = new(From);
    private readonly Place to = new(To);

    public override void Check(IReadOnlyList<Leaf> leaves, JsonFaults faults)
    {
        var shared = from.Names.Intersect(to.Names).ToArray();
        var known = to.Find(leaves, shared).Select(p => (p.Scope, p.Leaf.Value)).ToHashSet();
        foreach (var (leaf, scope) in from.Find(leaves, shared).Where(p => !known.Contains((p.Scope, p.Leaf.Value))))
        {
            faults.Add(leaf.Path, "BrokenReference", leaf.Value, To);
        }
    }
}
