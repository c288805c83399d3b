using FederationConsole.Features.Projects;
using FederationConsole.Platform.StrictJson;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>What is wrong with a file although it is well-formed: what only the database knows, each with its path.</summary>
internal sealed class ImportJudge(ProjectFileTree file, ProjectRows rows, IStringLocalizer<ProjectFileTexts> texts)
{
    public IReadOnlyList<JsonFault> Faults(ProjectFileDifference difference, ProjectFileTree current, ProjectFileShape shape) =>
    [
        .. difference.Untold.Select(path => new JsonFault(path, texts["Fault.SecretUntold"]))
            .Concat((file.File.Projects ?? []).SelectMany(Project))
            .Concat(Unapproved(difference))
            .Concat(MeetingJudge.Faults(file.File, difference.Result, rows, texts))
            .Concat(ResultCheck.Faults(difference.Tree, current, shape))
            // One corp id in two environments is seen by both checks, and said by the one that knows whose it is.
            .DistinctBy(f => f.Path),
    ];

    /// <summary>Where a second administrator must approve what reaches production, a file is no way around that.</summary>
    private IEnumerable<JsonFault> Unapproved(ProjectFileDifference difference) =>
        from project in rows.Projects
        where project.PromotionNeedsApproval
        from part in new[] { "policies", "attributes" }
        let path = ImportPaths.Environment(project.Code, "production", part)
        where difference.Changes.Any(c => c.Path.StartsWith(path, StringComparison.Ordinal))
        select new JsonFault(path, texts["Fault.NeedsApproval"]);

    private IEnumerable<JsonFault> Project(ProjectEntry entry)
    {
        var project = rows.Project(entry.Code)?.Id;
        foreach (var (name, kind, environment) in Each(entry.Environments))
        {
            if (environment.CorpId is { } corpId && rows.CorpIds.TryGetValue(corpId, out var owner) && owner != rows.Environment(project, kind)?.Id)
            {
                yield return new(ImportPaths.Environment(entry.Code, name, "corpId"), texts["Fault.CorpTaken"]);
            }
        }

        foreach (var app in entry.Apps ?? [])
        {
            var row = rows.App(project, app.Code);
            if (app.ServiceEnabled == false && row?.ServiceEnabledAt is not null)
            {
                yield return new(ImportPaths.App(entry.Code, app.Code, "serviceEnabled"), texts["Fault.ServiceOff"]);
            }

            foreach (var (name, kind, credential) in Each(app.Credentials))
            {
                if (AppKey(credential.AppKey, row, rows.Environment(project, kind)) is { } text)
                {
                    yield return new(ImportPaths.AppKey(entry.Code, app.Code, name), texts[text]);
                }
            }
        }
    }

    private string? AppKey(string? key, App? app, ProjectEnvironment? environment) =>
        key is null ? null
        : rows.Credential(app?.Id, environment?.Id) is { } own ? (own.AppKey == key ? null : "Fault.KeyFixed")
        : rows.AppKeys.ContainsKey(key) ? "Fault.KeyTaken"
        : null;

    private static IEnumerable<(string Name, EnvironmentKind Kind, T Value)> Each<T>(PerEnvironment<T>? both)
        where T : class =>
        KeptSections.Environments
            .Select(e => (e.Key, e.Value, Entry: e.Value == EnvironmentKind.Development ? both?.Development : both?.Production))
            .Where(e => e.Entry is not null)
            .Select(e => (e.Key, e.Value, e.Entry!));
}
