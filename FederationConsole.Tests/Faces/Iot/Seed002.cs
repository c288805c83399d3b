using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Part 5 of seed 002 as its tables, examples and lists of codes have it, word for word: <c>seed002.json</c>.</summary>
/// <param name="Fields">Those of the body.</param>
/// <param name="Codes">The listed error codes.</param>
internal sealed record SeedClause(
    string Clause, string Title, string Path, bool SignedIn, IReadOnlyList<SeedField> Fields, JsonObject Example,
    IReadOnlyList<SeedReplyField> ReplyFields, JsonObject Reply, IReadOnlyList<int> Codes)
{
    public static IReadOnlyList<SeedClause> All { get; } = JsonSerializer.Deserialize<SeedClause[]>(
        File.ReadAllText(System.IO.Path.Combine(Repository.Top, "FederationConsole.Tests/Faces/Iot/seed002.json")), JsonSerializerOptions.Web)!;

    public bool NamesUser => Path.Contains("{user_id}", StringComparison.Ordinal);

    public bool Asks(string field) => Fields.Any(f => f.Name == field);
}

/// <param name="Type">Int or String.</param>
internal sealed record SeedField(string Name, bool Required, string Type);

internal sealed record SeedReplyField(string Name, bool Required);
