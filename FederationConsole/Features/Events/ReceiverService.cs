using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using FederationConsole.Platform.StrictJson;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Events;

/// <summary>A receiver as the console shows it: never its secret.</summary>
/// <param name="Waiting">Deliveries that are not through yet, counted up to <see cref="ReceiverService.CountLimit"/>.</param>
/// <param name="Parked">Deliveries that were given up, counted likewise.</param>
public sealed record ReceiverDetails(long Id, string Url, IReadOnlyList<string> Events, bool Enabled, DateTimeOffset CreatedAt, int Version, int Waiting, int Parked);

/// <summary>The clear text of a new secret: shown once, kept sealed.</summary>
public sealed record NewReceiver(long Id, string Secret);

/// <summary>Sets up the receivers of an environment's events.</summary>
public sealed class ReceiverService(Store store, ProjectCatalog projects, SecretBox secrets, OutboundCalls calls)
{
    public const int CountLimit = 10_000;

    public async Task<Outcome<IReadOnlyList<ReceiverDetails>>> ListAsync(Actor actor, EnvironmentId id, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.ReadAsync(environment.Value.Scope, async db =>
        {
            var shown = new List<ReceiverDetails>();
            foreach (var receiver in await db.Set<EventReceiver>().OrderBy(r => r.Id).ToListAsync(cancellation))
            {
                var waiting = await db.Set<EventDelivery>().Where(d => d.ReceiverId == receiver.Id && d.State == DeliveryState.Waiting).OrderBy(d => d.DueAt).Take(CountLimit).CountAsync(cancellation);
                var parked = await db.Set<EventDelivery>().Where(d => d.ReceiverId == receiver.Id && d.State == DeliveryState.Parked).OrderBy(d => d.Id).Take(CountLimit).CountAsync(cancellation);
                shown.Add(new(receiver.Id, receiver.Url, receiver.Events, receiver.Enabled, receiver.CreatedAt, receiver.Version, waiting, parked));
            }

            return Outcome.Of<IReadOnlyList<ReceiverDetails>>(shown);
        });
    }

    /// <summary>How the receiver has been doing, as this node saw it.</summary>
    public OutboundHealth Health(EnvironmentId environment, long receiver) => calls.Health(ReceiverEntry.PartitionOf(environment, receiver));

    /// <summary>A receiver that is on, with a secret made here. Faults: an address or a pattern that is none, one address twice, too many.</summary>
    public async Task<Outcome<NewReceiver>> CreateAsync(Actor actor, EnvironmentId id, string url, IReadOnlyList<string> events)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if ((environment.Fault ?? Check(url, events)) is { } fault)
        {
            return fault;
        }

        var secret = Tokens.New();
        var sealedSecret = secrets.Seal(secret);
        return await store.WriteAsync<Outcome<NewReceiver>>(environment.Value!.Scope, async db =>
        {
            var others = await db.Set<EventReceiver>().Select(r => r.Url).ToListAsync();
            if (others.Contains(url) || others.Count >= EventReceiver.Most)
            {
                return others.Contains(url) ? new Fault(FaultKind.Taken, nameof(url)) : FaultKind.NotAllowedNow;
            }

            var receiver = New(db, url, events, sealedSecret);
            db.Add(receiver);
            Record(db, actor, receiver, "receiver.created");
            return new NewReceiver(receiver.Id, secret);
        });
    }

    /// <param name="version">What the form was filled from.</param>
    public Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, long receiver, string url, IReadOnlyList<string> events, int version) =>
        Check(url, events) is { } fault
            ? Task.FromResult<Outcome>(fault)
            : ChangeAsync(actor, Role.Manager, id, receiver, "receiver.updated", async (db, row) =>
            {
                if (row.Version != version)
                {
                    return FaultKind.Changed;
                }

                if (await db.Set<EventReceiver>().AnyAsync(r => r.Url == url && r.Id != receiver))
                {
                    return new Fault(FaultKind.Taken, nameof(url));
                }

                (row.Url, row.Events) = (url, [.. events]);
                return null;
            });

    /// <summary>Off: what waits goes on waiting, and what happens meanwhile it is never told. On: what happens from now on.</summary>
    public Task<Outcome> SwitchAsync(Actor actor, EnvironmentId id, long receiver, bool enabled) =>
        ChangeAsync(actor, Role.Manager, id, receiver, enabled ? "receiver.enabled" : "receiver.disabled", (db, row) =>
        {
            Switch(db, row, enabled);
            return Task.FromResult<Fault?>(null);
        });

    /// <summary>The next try is signed with the new secret; the old one signs nothing more.</summary>
    /// <returns>The clear text, shown once.</returns>
    public async Task<Outcome<string>> RotateSecretAsync(Actor actor, EnvironmentId id, long receiver)
    {
        var secret = Tokens.New();
        var sealedSecret = secrets.Seal(secret);
        var done = await ChangeAsync(actor, Role.Owner, id, receiver, "receiver.secret_rotated", (_, row) =>
        {
            row.Secret = sealedSecret;
            return Task.FromResult<Fault?>(null);
        });
        return done.Ok ? secret : done.Fault;
    }

    /// <summary>For good; what it was still to be told is never sent.</summary>
    public Task<Outcome> DeleteAsync(Actor actor, EnvironmentId id, long receiver) =>
        ChangeAsync(actor, Role.Owner, id, receiver, "receiver.deleted", (db, row) =>
        {
            db.Remove(row);
            return Task.FromResult<Fault?>(null);
        });

    /// <summary>Sends <see cref="EventTypes.Test"/> to this receiver alone, whatever it wants to be told.</summary>
    public async Task<Outcome> TestAsync(Actor actor, EnvironmentId id, long receiver)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<EventReceiver>().FirstOrDefaultAsync(r => r.Id == receiver) is not { } row)
            {
                return FaultKind.NotFound;
            }

            if (!row.Enabled)
            {
                return FaultKind.NotAllowedNow;
            }

            // Routed from the start: it is for nobody else.
            var test = EventTypes.All.Single(t => t.Name == EventTypes.Test);
            var happened = new OutboxEvent { Id = db.NextId(), Type = test.Name, At = db.Now, Payload = test.Data, RoutedAt = db.Now };
            db.Add(happened);
            db.Add(EventRouter.New(db, receiver, happened.Id, happened.Type, default));
            db.Audit(actor, "receiver.tested", "receiver", Subject(row));
            db.Signal(DeliveryQueue.DueTopic, receiver);
            return Outcome.Done;
        });
    }

    /// <summary>A new receiver, for the console and for the import of a project file.</summary>
    internal static EventReceiver New(ConsoleDb db, string url, IReadOnlyList<string> events, SealedText secret) =>
        new() { Id = db.NextId(), Url = url, Events = [.. events], Secret = secret, Since = db.NextId(), CreatedAt = db.Now, Version = 1 };

    internal static void Switch(ConsoleDb db, EventReceiver receiver, bool enabled)
    {
        if (enabled && !receiver.Enabled)
        {
            receiver.Since = db.NextId();
        }

        receiver.Enabled = enabled;
    }

    private async Task<Outcome> ChangeAsync(Actor actor, Role role, EnvironmentId id, long receiver, string action, Func<ConsoleDb, EventReceiver, Task<Fault?>> change)
    {
        var environment = projects.For(actor, role, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<EventReceiver>().FirstOrDefaultAsync(r => r.Id == receiver) is not { } row)
            {
                return FaultKind.NotFound;
            }

            if (await change(db, row) is { } fault)
            {
                return fault;
            }

            row.Version++;
            Record(db, actor, row, action);
            return Outcome.Done;
        });
    }

    private static Fault? Check(string url, IReadOnlyList<string> events) =>
        url.Length == 0 ? new Fault(FaultKind.Missing, nameof(url))
        : url.Length > Texts.Url.Max || !Texts.Url.Fits(url) ? new Fault(FaultKind.Invalid, nameof(url))
        : events.Count > EventPattern.Most || events.FirstOrDefault(e => !EventPattern.IsValid(e)) is not null ? new Fault(FaultKind.Invalid, nameof(events))
        : null;

    private static string Subject(EventReceiver receiver) => receiver.Id.ToString(CultureInfo.InvariantCulture);

    private static void Record(ConsoleDb db, Actor actor, EventReceiver receiver, string action)
    {
        db.Audit(actor, action, "receiver", Subject(receiver));
        db.Signal(ReceiverCatalog.Topic, receiver.Id);
    }
}
