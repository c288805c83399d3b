using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>
/// A project file that was checked. It knows which keys were named, which <see cref="File"/> alone cannot say: a host that is
/// <c>null</c> in the file is taken away, one that is not named is left alone. Holds raw secrets and prints none.
/// </summary>
public sealed class ProjectFileTree
{
    internal ProjectFileTree(JsonObject named)
    {
        Named = named;
        File = named.Deserialize<ProjectFile>(StrictJsonReader.Options)!;
    }

    public ProjectFile File { get; }

    internal JsonObject Named { get; }

    /// <summary>A file made by the product itself, as an export is; its secrets do not come along.</summary>
    public static ProjectFileTree Of(ProjectFile file) => new(JsonSerializer.SerializeToNode(file, StrictJsonReader.Options)!.AsObject());
}
