using FederationConsole.Features.Attributes;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>What reading a project file comes to: one of the two below.</summary>
public abstract record ProjectFileReading
{
    private ProjectFileReading()
    {
    }

    /// <summary>Every key, type, form and reference holds.</summary>
    public sealed record Accepted(ProjectFileTree Tree) : ProjectFileReading;

    /// <summary>Refused whole, with everything that is wrong: at least one fault.</summary>
    public sealed record Refused(IReadOnlyList<JsonFault> Faults) : ProjectFileReading;
}

/// <summary>From text to a checked project file. Touches no database: what a file says about things that exist is the import's to judge.</summary>
public static class ProjectFileReader
{
    /// <summary>Never throws, whatever the text is.</summary>
    public static ProjectFileReading Read(string json, AttributeLibrary library)
    {
        var (tree, faults) = StrictJsonReader.Read(json, new ProjectFileShape(library).Root, ProjectFileShape.Rules);
        return tree is null ? new ProjectFileReading.Refused(faults) : new ProjectFileReading.Accepted(new ProjectFileTree(tree));
    }
}
