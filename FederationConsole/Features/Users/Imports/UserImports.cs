using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Users.Imports;

/// <summary>What a check found in a file.</summary>
/// <param name="Rows">Users that the file would make.</param>
/// <param name="FaultCount">All of them; <paramref name="Faults"/> holds the first <see cref="UserImports.MaxShown"/>.</param>
/// <param name="Sample">The first rows, as they were understood.</param>
public sealed record ImportCheck(string FileName, int Rows, int FaultCount, IReadOnlyList<ImportFault> Faults, IReadOnlyList<ImportRow> Sample)
{
    internal byte[] Content { get; init; } = [];
}

/// <summary>Imports users from a file, all of it or nothing. Needs <see cref="Role.Manager"/>: one press makes a hundred thousand users.</summary>
public sealed class UserImports(Store store, ProjectCatalog projects, SourceCatalog sources, AttributeCatalog attributes, UserImporter importer)
{
    public const int MaxShown = 200;
    private const int SampleRows = 10;
    private const int AtOnce = 500;

    /// <summary>
    /// Takes the file apart and looks for what is wrong; writes nothing. Faults: <see cref="FaultKind.Invalid"/> (larger than
    /// <see cref="ImportFile.MaxSize"/>).
    /// </summary>
    public async Task<Outcome<ImportCheck>> CheckAsync(Actor actor, EnvironmentId id, string fileName, byte[] content, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (content.Length > ImportFile.MaxSize)
        {
            return FaultKind.Invalid;
        }

        var faults = new List<ImportFault>();
        var utf8 = ImportFile.Decode(content);
        var rows = ImportFile.Read(utf8, source => IdentityInput.IssuerOf(sources, id, source), attributes.Of(id).Attributes, faults).ToList();
        faults.AddRange(ImportNames.Twice(rows));
        foreach (var some in rows.Chunk(AtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            faults.AddRange(await store.ReadAsync(environment.Value.Scope, db => ImportNames.TakenAsync(db, some, cancellation)));
        }

        List<ImportFault> shown = [.. faults.OrderBy(f => f.Line).Take(MaxShown)];
        return new ImportCheck(Cut(fileName, 128), rows.Count(row => row.IsGood), faults.Count, shown, [.. rows.Take(SampleRows)]) { Content = utf8 };
    }

    /// <summary>
    /// Begins what was checked; it goes on by itself, also after a restart. Faults: <see cref="FaultKind.Invalid"/> (the check found
    /// faults), <see cref="FaultKind.NotAllowedNow"/> (another one is under way in this environment).
    /// </summary>
    public async Task<Outcome<long>> StartAsync(Actor actor, EnvironmentId id, ImportCheck check)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (check.FaultCount > 0 || check.Rows == 0)
        {
            return FaultKind.Invalid;
        }

        var started = await store.WriteAsync<Outcome<long>>(environment.Value.Scope, async db =>
        {
            if (await db.Set<UserImport>().AnyAsync(i => i.FinishedAt == null))
            {
                return FaultKind.NotAllowedNow;
            }

            var import = new UserImport
            {
                Id = db.NextId(),
                FileName = check.FileName,
                State = ImportState.Running,
                Total = check.Rows,
                ActorId = actor.Id,
                ActorName = actor.Name,
                ActorAddress = actor.Address,
                RequestId = actor.RequestId,
                StartedAt = db.Now,
                TouchedAt = db.Now,
            };
            db.Add(import);
            db.Add(new UserImportFile { ImportId = import.Id, Content = check.Content });
            db.Audit(actor, "users.import_started", "import", Text(import.Id));
            db.Signal(UserImport.Topic, import.Id);
            return import.Id;
        });
        if (started.Ok)
        {
            importer.Begin(id, started.Value);
        }

        return started;
    }

    /// <summary>
    /// Stops it and takes back whom it made. Faults: <see cref="FaultKind.NotFound"/>, <see cref="FaultKind.NotAllowedNow"/> (it is over).
    /// </summary>
    public async Task<Outcome> CancelAsync(Actor actor, EnvironmentId id, long importId)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<UserImport>().FirstOrDefaultAsync(i => i.Id == importId) is not { } import)
            {
                return FaultKind.NotFound;
            }

            if (import.FinishedAt is not null)
            {
                return FaultKind.NotAllowedNow;
            }

            if (import.State == ImportState.Running)
            {
                import.State = ImportState.Undoing;
                db.Audit(actor, "users.import_cancelled", "import", Text(importId));
                db.Signal(UserImport.Topic, importId);
            }

            return Outcome.Done;
        });
    }

    /// <summary>The one that is under way or was the last; the value is empty where there never was one.</summary>
    public async Task<Outcome<IReadOnlyList<UserImport>>> LastAsync(Actor actor, EnvironmentId id, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.Manager, id);
        return environment.Ok
            ? Outcome.Of<IReadOnlyList<UserImport>>(await store.ReadAsync(environment.Value.Scope, db =>
                db.Set<UserImport>().OrderByDescending(i => i.Id).Take(1).ToListAsync(cancellation)))
            : environment.Fault;
    }

    internal static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
