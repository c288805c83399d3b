using System.Text.Json;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>A project file as text: keys in the order of the format, secrets as null, Chinese readable. Reads back as the same file.</summary>
public static class ProjectFileWriter
{
    public static string Write(ProjectFile file) => JsonSerializer.Serialize(file, StrictJsonReader.Options) + "\n";
}
