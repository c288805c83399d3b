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

/// <summary>A place in a JSON text, written as JSONPath (RFC 9535) writes it.</summary>
public sealed class JsonPath
{
    public static readonly JsonPath Root = new("$");

    private readonly string text;

    private JsonPath(string text) => this.text = text;

    public JsonPath Key(string name) => new(IsPlain(name)
        ? $"{text}.{name}"
        : $"{text}['{name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}']");

    public JsonPath Item(int index) => new(FormattableString.Invariant($"{text}[{index}]"));

    /// <summary>An item by what it is called instead of where it stands: <c>sources[10]</c> is source 10.</summary>
    public JsonPath Item(string identity) => new($"{text}[{identity}]");

    public override string ToString() => text;

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_');
}
