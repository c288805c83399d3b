using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>A project as a file, without its secrets.</summary>
public sealed class ProjectFileExport(Store store, SecretBox secrets)
{
    /// <summary>Faults: no such project; the actor may not set it up.</summary>
    public async Task<Outcome<string>> ExportAsync(Actor actor, string code)
    {
        var rows = await store.ReadMomentAsync(Scope.Host, db => ProjectRows.ReadAsync(db, new([code], [], [])));
        if (rows.Project(code) is not { } project)
        {
            return new Fault(FaultKind.NotFound, nameof(code));
        }

        return actor.Require(Role.Manager, project.Id.Value).Fault is { } fault
            ? fault
            : ProjectFileWriter.Write(new ProjectFileState(rows, secrets).Tree.File);
    }
}
