using FederationConsole.Platform;

namespace FederationConsole.Faces;

/// <summary>Whoever stands in a route table says what it is for, in its own file: a row without does not compile (Faces/README.md).</summary>
public interface IDocumented
{
    static abstract Documentation Documentation { get; }
}

/// <summary>
/// Of one endpoint what code cannot tell: the seed's words, its examples, and a call that works on the demo project. Fields, which of them
/// must be sent, lengths, credentials, reply and the codes' words come from the handler, its validator and its face.
/// </summary>
/// <param name="Title">The seed's heading, or ours in Chinese.</param>
/// <param name="English">The same in English.</param>
public sealed record Documentation(string Title, string English)
{
    /// <summary>Where it is written: <c>000, 2.2</c>; null for what is ours.</summary>
    public string? Seed { get; init; }

    /// <summary>接口描述, in the seed's words.</summary>
    public string? Text { get; init; }

    /// <summary>The seed's example of a request, as it prints it; null where it has none.</summary>
    public string? Request { get; init; }

    /// <summary>The seed's example of a reply, or what the demo project's call is answered, shortened.</summary>
    public string? Reply { get; init; }

    /// <summary>Media type of a yes.</summary>
    public string Produces { get; init; } = "application/json";

    /// <summary>What travels beside a JSON body: query, header, form. A path's are in the pattern; one that stands here as well gets words.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>
    /// The faults of its own. Everywhere: unreadable or missing fields where there are any, the codes of the token where one is needed, too
    /// many calls, our own failure.
    /// </summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Examples of replies that bring data under a code of their own, beside <see cref="Reply"/>.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Calls on the demo project, at least one; together those of all faces run from top to bottom.</summary>
    public required IReadOnlyList<DemoCall> Demo { get; init; }
}

/// <summary>A parameter that is no field of a JSON body.</summary>
/// <param name="Name">As the handler asks for it: the same constant.</param>
/// <param name="Text">备注.</param>
public sealed record Parameter(string Name, ParameterPlace Place, string Text)
{
    public bool Required { get; init; }

    public static Parameter Query(string name, string text, bool required = false) => new(name, ParameterPlace.Query, text) { Required = required };

    public static Parameter Header(string name, string text, bool required = false) => new(name, ParameterPlace.Header, text) { Required = required };

    public static Parameter Form(string name, string text, bool required = false) => new(name, ParameterPlace.Form, text) { Required = required };

    public static Parameter Path(string name, string text) => new(name, ParameterPlace.Path, text) { Required = true };
}

public enum ParameterPlace
{
    Query,
    Path,
    Header,
    /// <summary>A field of a form-encoded body.</summary>
    Form,
}

/// <summary>
/// A call that works on the demo project. Values may hold variables: <c>{{corp_id}} {{app_key}} {{app_secret}}</c>, <c>{{run}}</c> (eight digits,
/// new in each run), <c>{{access_token}}</c> of the app, <c>{{user_token}}</c> of a user, and whatever an earlier call captured.
/// </summary>
public sealed record DemoCall
{
    /// <summary>What tells it from the row's others, in Chinese and English; null for an only one.</summary>
    public (string Chinese, string English)? Name { get; init; }

    /// <summary>JSON text; a variable stands inside a string.</summary>
    public string? Body { get; init; }

    /// <summary>By name: path, query, header, form.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>What later calls need of the answer.</summary>
    public IReadOnlyList<Capture> Captures { get; init; } = [];

    /// <summary>The no that it is answered, where a yes needs a human being (a code on a phone); its status and code are the face's.</summary>
    public Fault? Expects { get; init; }

    /// <summary>The owner of the row behind which it is called; null: its place in the table.</summary>
    public Type? After { get; init; }

    /// <summary>Made before it, once in a run: somebody who is signed in at a third party of the sandbox.</summary>
    public IReadOnlyList<DemoPreparation> Needs { get; init; } = [];
}

/// <summary>A <c>POST</c> with JSON: to the sandbox, which is no face and has its own pages, or to a face whose calls came before.</summary>
public sealed record DemoPreparation(string Title, string English, string Path, string Body, IReadOnlyList<Capture> Captures)
{
    private const string Sandbox = "/sandbox/";

    public bool MayRun(bool hasSandbox) => hasSandbox || !Path.StartsWith(Sandbox, StringComparison.Ordinal);
}

/// <summary>A variable that is taken from an answer.</summary>
/// <param name="Path">In JSON: <c>data.items[0].id</c>; else the name of an HTML attribute.</param>
public sealed record Capture(string Variable, string Path)
{
    public CaptureFrom From { get; init; }

    public static Capture Attribute(string variable, string name) => new(variable, name) { From = CaptureFrom.Attribute };

    public static Capture LastSegment(string variable, string path) => new(variable, path) { From = CaptureFrom.LastSegment };
}

public enum CaptureFrom
{
    Json,
    /// <summary>What is behind the last slash of a text in JSON.</summary>
    LastSegment,
    /// <summary>The first attribute of that name in a page.</summary>
    Attribute,
}
