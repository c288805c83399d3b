using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Data;

/// <summary>The two verbs: what they keep apart and what they undo.</summary>
public sealed class StoreTests
{
    private static User NewUser(ConsoleDb db, string? phone = null) =>
        new() { Id = db.NextId<UserId>(), AccountId = db.NextGuid(), Phone = phone, CreatedAt = db.Now };

    private static void Add(ConsoleDb db, User user)
    {
        db.Add(user);
        db.Audit(Actor.Host, "user.created", "user", user.Id.ToString());
    }

    private static Task<int> CountAsync(World world, EnvironmentEntry environment) =>
        world.Get<Store>().ReadAsync(environment.Scope, db => db.Set<User>().CountAsync());

    [Theory, BothDatabases]
    public async Task One_writes_failure_rolls_back_nobody_else(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var store = world.Get<Store>();
        var writes = Enumerable.Range(0, 60).Select(i => store.WriteAsync<Outcome>(world.Development.Scope, db =>
        {
            Add(db, NewUser(db));
            return (i % 3) switch
            {
                0 => Task.FromResult(Outcome.Done),
                1 => Task.FromResult<Outcome>(FaultKind.NotAllowedNow),
                _ => throw new TimeZoneNotFoundException("a bug"),
            };
        })).ToList();

        await Task.WhenAll(writes.Select(w => w.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(20, writes.Count(w => w.IsCompletedSuccessfully && w.Result.Ok));
        Assert.Equal(20, writes.Count(w => w.IsCompletedSuccessfully && w.Result.Fault == new Fault(FaultKind.NotAllowedNow)));
        Assert.Equal(20, writes.Count(w => w.Exception?.InnerException is TimeZoneNotFoundException));
        Assert.Equal(20, await CountAsync(world, world.Development));
    }

    [Theory, BothDatabases]
    public async Task A_write_that_asks_first_is_as_good_as_alone(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var store = world.Get<Store>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => store.WriteAsync<Outcome>(world.Development.Scope, async db =>
        {
            if (await db.Set<User>().AnyAsync(u => u.Phone == "+8613838383388"))
            {
                return FaultKind.Taken;
            }

            Add(db, NewUser(db, "+8613838383388"));
            return Outcome.Done;
        })));

        Assert.Single(answers, a => a.Ok);
        Assert.Equal(29, answers.Count(a => a.Fault?.Kind == FaultKind.Taken));
    }

    [Theory, BothDatabases]
    public async Task An_environment_never_sees_or_touches_its_neighbour(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var store = world.Get<Store>();
        var there = await store.WriteAsync(world.Production.Scope, db =>
        {
            var user = NewUser(db);
            Add(db, user);
            return Task.FromResult(user);
        });

        Assert.Equal(0, await CountAsync(world, world.Development));
        Assert.Equal(0, await store.ReadAsync(Scope.Host, db => db.Set<User>().CountAsync()));
        Assert.Equal(0, await store.WriteAsync(world.Development.Scope, db => db.Set<User>().Where(u => u.Id == there.Id).ExecuteDeleteAsync()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(world.Development.Scope, db =>
        {
            db.Remove(there);
            db.Audit(Actor.Host, "user.removed", "user", there.Id.ToString());
            return Task.FromResult(Outcome.Done);
        }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(Scope.Host, db =>
        {
            Add(db, NewUser(db));
            return Task.FromResult(Outcome.Done);
        }));
        Assert.Equal(1, await CountAsync(world, world.Production));
    }

    [Theory, BothDatabases]
    public async Task A_change_without_an_audit_line_is_no_change(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Get<Store>().WriteAsync(world.Development.Scope, db =>
        {
            db.Add(NewUser(db));
            return Task.FromResult(Outcome.Done);
        }));

        Assert.Equal(0, await CountAsync(world, world.Development));
    }

    [Theory, BothDatabases]
    public async Task An_audit_line_tells_fields_masks_persons_and_hides_secrets(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
        {
            Add(db, NewUser(db, "+8613838383388"));
            return Task.FromResult(Outcome.Done);
        });

        var lines = await world.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().OrderBy(l => l.Id).ToListAsync());

        var created = Assert.Single(lines, l => l.Action == "user.created");
        Assert.Equal((world.Development.Id, world.Development.ProjectId), (created.EnvironmentId, created.ProjectId));
        Assert.Contains(AuditTrail.Read(created.Changes), c => c is { Entity: "User", Field: "Phone", Before: null, After: "+86138****3388" });
        var source = lines.First(l => l.Action == "source.created");
        Assert.Contains(AuditTrail.Read(source.Changes), c => c is { Field: "Secrets", After: "•••" });
        Assert.DoesNotContain(lines, l => world.Secrets.Any(s => l.Changes?.Contains(s, StringComparison.Ordinal) == true));
    }
}
