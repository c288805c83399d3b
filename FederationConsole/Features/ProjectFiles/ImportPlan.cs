using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>What a file comes to against the database: one of the two below. Nothing is written yet.</summary>
public abstract record ImportPreview
{
    private ImportPreview()
    {
    }

    /// <summary>Refused whole, with everything that is wrong: at least one fault.</summary>
    public sealed record Refused(IReadOnlyList<JsonFault> Faults) : ImportPreview;

    /// <summary>May be imported, as it is planned.</summary>
    public sealed record Ready(ImportPlan Plan) : ImportPreview;
}

/// <summary>What an import came to: one of the two below.</summary>
public abstract record ImportResult
{
    private ImportResult()
    {
    }

    /// <summary>Refused whole; nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<JsonFault> Faults) : ImportResult;

    /// <summary>Everything is written, or there was nothing to write.</summary>
    public sealed record Done(ImportReport Report) : ImportResult;
}

/// <param name="Changes">What was changed; empty when everything was so already.</param>
/// <param name="NewSecrets">App secrets that the file left out: shown once, kept nowhere.</param>
public sealed record ImportReport(IReadOnlyList<ProjectFileChange> Changes, IReadOnlyList<NewAppSecret> NewSecrets);

/// <summary>A generated app secret.</summary>
/// <param name="Path">Of the app's secret in the file.</param>
public sealed record NewAppSecret(string Path, Secret Secret);

/// <summary>An import that could be done as things stood when it was planned; it is refused once they stand otherwise.</summary>
public sealed class ImportPlan
{
    internal ImportPlan(ProjectQuestion question, ProjectRows rows, ProjectFileTree current, ProjectFileDifference difference, AttributeLibrary library)
    {
        (Question, Stamp, Current, Result, Changes) = (question, rows.Stamp, current, difference.Tree, difference.Changes);
        Projects = question.Codes.ToDictionary(code => code, code => rows.Project(code)?.Id);
        Parts = (Result.File.Projects ?? []).ToDictionary(p => p.Code, p => ProductionParts.Of(rows, p, library));
        Production = [.. rows.Projects.Select(p => p.Code).Where(code => Changes.Any(c => IsProduction(c.Path, code)))];
    }

    public IReadOnlyList<ProjectFileChange> Changes { get; }

    /// <summary>Codes of projects that exist and whose production it changes: what a person is asked to type.</summary>
    public IReadOnlyList<string> Production { get; }

    /// <summary>The projects by code; null for one that it makes.</summary>
    internal IReadOnlyDictionary<string, ProjectId?> Projects { get; }

    internal ProjectQuestion Question { get; }

    /// <summary>What promotion carries, of each project's production.</summary>
    internal IReadOnlyDictionary<string, ProductionParts> Parts { get; }

    internal string Stamp { get; }

    /// <summary>Tells secrets, as <see cref="Result"/> does.</summary>
    internal ProjectFileTree Current { get; }

    internal ProjectFileTree Result { get; }

    // 开启服务 opens production as well. A thing whose name reads like a path asks once too often, never once too seldom.
    private static bool IsProduction(string path, string code) =>
        path.StartsWith(ImportPaths.Project(code) + ".", StringComparison.Ordinal) &&
        (path.Contains(".production.", StringComparison.Ordinal) || path.EndsWith(".production", StringComparison.Ordinal) || path.EndsWith(".serviceEnabled", StringComparison.Ordinal));
}
