using System.Threading.Channels;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Users.Imports;

/// <summary>
/// Carries imports out behind the page: some rows in a write, so that a login never waits for the whole. Each step finds in the
/// database how far it is, so that a restart, or another node after <see cref="Patience"/>, goes on where it stopped.
/// </summary>
public sealed partial class UserImporter(
    Store store, ProjectCatalog projects, SourceCatalog sources, AttributeCatalog attributes, SignInTraces traces, TimeProvider clock, ILogger<UserImporter> logger) : BackgroundService
{
    /// <summary>Rows in one write: some twenty milliseconds, which is what a login may wait behind it.</summary>
    public const int Batch = 50;

    /// <summary>Whoever did not move for so long is dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<(EnvironmentId Environment, long Import)> _begun = Channel.CreateUnbounded<(EnvironmentId, long)>();

    internal void Begin(EnvironmentId environment, long import) => _begun.Writer.TryWrite((environment, import));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(stoppingToken);
                while (_begun.Reader.TryRead(out var begun))
                {
                    await RunAsync(begun.Environment, begun.Import, stoppingToken);
                }

                foreach (var (environment, import) in await TakeOverAsync())
                {
                    await RunAsync(environment, import, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // It is found again, since it does not move; the page shows how far it is and can cancel it.
                StepFailed(exception);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var time = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stop);
        Task begun = _begun.Reader.WaitToReadAsync(both.Token).AsTask();
        await begun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Of two nodes that see the same dead one, the conditional update lets one through.</summary>
    private async Task<IReadOnlyList<(EnvironmentId Environment, long Import)>> TakeOverAsync()
    {
        var now = clock.GetUtcNow();
        var dead = now - Patience;
        var found = await store.ReadAsync(Scope.Host, db => db.Set<UserImport>().IgnoreQueryFilters()
            .Where(i => i.FinishedAt == null && i.TouchedAt < dead).Select(i => new { i.Id, i.EnvironmentId }).ToListAsync());
        var taken = new List<(EnvironmentId, long)>();
        foreach (var import in found)
        {
            var mine = await store.WriteAsync(Scope.Host, db => db.Set<UserImport>().IgnoreQueryFilters()
                .Where(i => i.Id == import.Id && i.TouchedAt < dead).ExecuteUpdateAsync(set => set.SetProperty(i => i.TouchedAt, now)));
            if (mine == 1)
            {
                taken.Add((import.EnvironmentId, import.Id));
            }
        }

        return taken;
    }

    private async Task RunAsync(EnvironmentId id, long import, CancellationToken stop)
    {
        if (projects.Environment(id) is not { } environment)
        {
            return;
        }

        var file = await store.ReadAsync(environment.Scope, db => db.Set<UserImportFile>().Where(f => f.ImportId == import).Select(f => f.Content).FirstOrDefaultAsync(stop));
        if (file is null)
        {
            return;
        }

        var faults = new List<ImportFault>();
        var rows = ImportFile.Read(file, source => IdentityInput.IssuerOf(sources, id, source), attributes.Of(id).Attributes, faults).ToList();
        var (state, done) = await store.ReadAsync(environment.Scope, async db =>
        {
            var begun = await db.Set<UserImport>().FirstAsync(i => i.Id == import, stop);
            return (begun.State, begun.Done);
        });
        if (faults is [var fault, ..])
        {
            // It was good when it was checked: the schema has changed since.
            state = await store.WriteAsync(environment.Scope, db => StopAsync(db, import, fault));
        }

        while (state == ImportState.Running)
        {
            stop.ThrowIfCancellationRequested();
            var from = done;
            (state, done) = await store.WriteAsync(environment.Scope, db => ForwardAsync(db, import, rows, from));
        }

        while (state == ImportState.Undoing)
        {
            stop.ThrowIfCancellationRequested();
            await traces.FlushAsync();
            state = await store.WriteAsync(environment.Scope, db => BackAsync(db, import));
        }
    }

    private static async Task<ImportState> StopAsync(ConsoleDb db, long id, ImportFault fault)
    {
        var import = await db.Set<UserImport>().FirstAsync(i => i.Id == id);
        if (import.State == ImportState.Running)
        {
            (import.State, import.FaultLine, import.FaultColumn) = (ImportState.Undoing, fault.Line, fault.Column);
            db.Signal(UserImport.Topic, id);
        }

        return import.State;
    }

    /// <param name="from">How far it was; where another node has moved it since, nothing is done.</param>
    private static async Task<(ImportState State, int Done)> ForwardAsync(ConsoleDb db, long id, List<ImportRow> rows, int from)
    {
        var import = await db.Set<UserImport>().FirstAsync(i => i.Id == id);
        if (import.State != ImportState.Running || import.Done != from)
        {
            return (import.State, import.Done);
        }

        var some = rows.GetRange(from, Math.Min(Batch, rows.Count - from));
        db.Signal(UserImport.Topic, id);
        import.TouchedAt = db.Now;
        if (await ImportNames.TakenAsync(db, some, CancellationToken.None) is [var taken, ..])
        {
            (import.State, import.FaultLine, import.FaultColumn) = (ImportState.Undoing, taken.Line, taken.Column);
            return (import.State, import.Done);
        }

        foreach (var row in some)
        {
            var user = row.Fields.Make(db, row.Identity?.Source ?? User.OwnOrigin);
            db.Add(user);
            if (row.Identity is { } identity)
            {
                db.Add(UserDirectory.NewIdentity(db, user.Id, identity));
            }

            db.AddRange(row.Attributes.Select(a => UserAttributes.NewRow(user.Id, a.Attribute.Id, a.Value)));
            db.Add(new ImportedUser { UserId = user.Id, ImportId = id });
            UserEditor.Made(db, import.Actor, user, "user.imported");
        }

        import.Done += some.Count;
        if (import.Done == rows.Count)
        {
            await FinishAsync(db, import, ImportState.Done, "users.imported");
        }

        return (import.State, import.Done);
    }

    private static async Task<ImportState> BackAsync(ConsoleDb db, long id)
    {
        var import = await db.Set<UserImport>().FirstAsync(i => i.Id == id);
        if (import.State != ImportState.Undoing)
        {
            return import.State;
        }

        var some = await db.Set<ImportedUser>().Where(u => u.ImportId == id).OrderBy(u => u.UserId).Select(u => u.UserId).Take(Batch).ToListAsync();
        db.Signal(UserImport.Topic, id);
        import.TouchedAt = db.Now;
        if (some.Count == 0)
        {
            await FinishAsync(db, import, import.FaultLine > 0 ? ImportState.Failed : ImportState.Cancelled, "users.import_undone");
            return import.State;
        }

        await UserEraser.RemoveAsync(db, import.Actor, some, "user.import_undone");
        await db.Set<ImportedUser>().Where(u => some.Contains(u.UserId)).ExecuteDeleteAsync();
        import.Done = Math.Max(0, import.Done - some.Count);
        return import.State;
    }

    private static async Task FinishAsync(ConsoleDb db, UserImport import, ImportState state, string action)
    {
        // Those of this very step are still tracked only.
        await db.EnterAsync(new Scope(db.EnvironmentId, db.ProjectId));
        (import.State, import.FinishedAt) = (state, db.Now);
        await db.Set<UserImportFile>().Where(f => f.ImportId == import.Id).ExecuteDeleteAsync();
        await db.Set<ImportedUser>().Where(u => u.ImportId == import.Id).ExecuteDeleteAsync();
        db.Audit(import.Actor, action, "import", UserImports.Text(import.Id));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of an import failed; it is tried again")]
    private partial void StepFailed(Exception exception);
}
