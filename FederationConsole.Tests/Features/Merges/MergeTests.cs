using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Merges;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Merges;

/// <summary>Two users become one, and two again: no row is lost either way.</summary>
public sealed class MergeTests
{
    private static readonly string[] BothFates = ["user.merged", "user.merge_undone"];

    private static Actor Operator(World world) => Admins.With(Role.Operator, world.Development.ProjectId);

    private static Task<UserId> EnterAsync(World world, int source, string app, string openId, string? unionId = null) =>
        world.EnterAsync(new(source, app, openId) { UnionId = unionId });

    /// <summary>Two who turn out to be one: each with WeChat of their own app, and what the test adds before.</summary>
    private static async Task<(UserId First, UserId Second)> PairAsync(World world)
    {
        var first = await EnterAsync(world, 4, "wx-a", "a");
        var second = await EnterAsync(world, 4, "wx-b", "b", "u-1");
        await EnterAsync(world, 4, "wx-a", "a", "u-1");
        return (first, second);
    }

    private static async Task<Outcome> MergeAsync(World world, UserId stays, UserId goes)
    {
        var preview = await world.Get<MergeService>().PreviewAsync(Operator(world), world.Development.Id, stays, goes);
        return preview.Ok ? await world.Get<MergeService>().MergeAsync(Operator(world), world.Development.Id, stays, goes, preview.Value.Stamp) : preview.Fault;
    }

    private static async Task<Outcome> UndoAsync(World world) => await world.Get<MergeService>().UndoAsync(
        Operator(world), world.Development.Id, await world.ReadAsync(db => db.Set<Merge>().OrderByDescending(m => m.Id).Select(m => m.Id).FirstAsync()));

    private static async Task SetAsync(World world, UserId id, Action<User> change) => World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, async db =>
    {
        change(await db.Set<User>().SingleAsync(u => u.Id == id));
        db.Audit(Actor.Host, "user.updated", "user", id.ToString());
        return Outcome.Done;
    }));

    private static async Task SetPasswordAsync(World world, UserId id, string password)
    {
        var hashed = World.Value(await world.Get<UserPasswords>().HashAsync("password", password, new(), default));
        World.Done(await world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
        {
            await UserPasswords.SetAsync(db, id, hashed);
            db.Audit(Actor.Host, "user.password_set", "user", id.ToString());
            return Outcome.Done;
        }));
    }

    [Theory, BothDatabases]
    public async Task Everything_moves_and_an_undo_gives_back_every_row(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (first, second) = await PairAsync(world);
        await SetAsync(world, second, u => (u.Phone, u.PhoneZone, u.Email, u.AccountName) = ("+8613838383388", "+86", "li@example.com", "li"));
        await SetPasswordAsync(world, second, People.Password);
        World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, db => world.Get<UserIdentities>().BindAsync(db, second, new(6, "", "weibo-li"), Actor.Host)));
        var login = (await world.PasswordLoginAsync("13838383388")).Json;
        Assert.Equal(second.Value, login.GetProperty("user_id").GetInt64());
        var before = await world.DirectoryAsync();

        World.Done(await MergeAsync(world, first, second));

        // Every way in of both leads to the one who stays.
        Assert.Equal(first, await EnterAsync(world, 4, "wx-a", "a"));
        Assert.Equal(first, await EnterAsync(world, 4, "wx-b", "b"));
        Assert.Equal(first, await EnterAsync(world, 6, "", "weibo-li"));
        Assert.Equal(first.Value, (await world.PasswordLoginAsync("13838383388")).Json.GetProperty("user_id").GetInt64());
        Assert.Equal(4031003, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{second}", accessToken: login.GetProperty("access_token").GetString())).Code);
        var profile = await world.Get<ProfileReader>().ReadAsync(world.Development.Id, first);
        Assert.Equal(["a", "weibo-li"], profile!.Identities.Select(i => i.OpenId));
        Assert.True(profile.HasPassword);

        World.Done(await UndoAsync(world));

        Assert.Equal(before, await world.DirectoryAsync());
        Assert.Equal(second, await EnterAsync(world, 4, "wx-b", "b"));
        Assert.Equal(second, await EnterAsync(world, 6, "", "weibo-li"));
        Assert.Equal(0, await world.ReadAsync(db => db.Set<Session>().CountAsync(s => s.UserId == first && s.EndedAt == null)));
        Assert.Equal(BothFates, (await world.EventsAsync(first.Value)).TakeLast(2));
        Assert.Equal(2, await world.ReadAsync(db => db.Set<AuditLine>().CountAsync(l => l.Action == "user.merged")));
    }

    [Theory, BothDatabases]
    public async Task Attributes_fill_what_is_lacking_and_go_back_unless_they_were_changed_or_taken(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(Schemas.City, Schemas.Badge, Schemas.Size, Schemas.Level, Schemas.Hobbies);
        var (first, second) = await PairAsync(world);
        await world.GiveAsync(first, ("badge_no", "A1"), ("level", "1"));
        await world.GiveAsync(second, ("badge_no", "A2"), ("level", "1"), ("city", "上海"), ("size", "l"), ("hobbies", "run"));
        // Out of sight, and yet the person's.
        await world.SchemaAsync(Schemas.City, Schemas.Badge, Schemas.Size, Schemas.Level);
        var before = await world.DirectoryAsync();
        var preview = World.Value(await world.Get<MergeService>().PreviewAsync(Operator(world), world.Development.Id, first, second));
        Assert.Equal(
            [
                new(MergeThing.Attribute, 0, "上海", MergeFate.Moves, "城市"), new(MergeThing.Attribute, 0, "大号", MergeFate.Moves, "尺码"),
                new(MergeThing.Attribute, 0, "A2", MergeFate.StaysBehind, "工牌号"),
            ],
            preview.Items.Where(i => i.Thing == MergeThing.Attribute));

        // What was confirmed is what is done.
        await world.GiveAsync(second, ("city", "北京"));
        Assert.Equal(FaultKind.Changed, (await world.Get<MergeService>().MergeAsync(Operator(world), world.Development.Id, first, second, preview.Stamp)).Fault?.Kind);
        await world.GiveAsync(second, ("city", "上海"));
        World.Done(await MergeAsync(world, first, second));

        Assert.Equal(["badge_no=A1", "city=上海", "hobbies=[\"run\"]", "level=1", "size=l"], await world.AttributesAsync(first));
        Assert.Equal("上海", (await world.Get<ProfileReader>().ReadAsync(world.Development.Id, first))!.Attributes["city"]);
        World.Done(await UndoAsync(world));
        Assert.Equal(before, await world.DirectoryAsync());

        World.Done(await MergeAsync(world, first, second));
        await world.GiveAsync(first, ("city", "广州"), ("badge_no", "A2"));
        World.Done(await UndoAsync(world));
        Assert.Equal(["badge_no=A2", "city=广州", "level=1"], await world.AttributesAsync(first));
        Assert.Equal(["hobbies=[\"run\"]", "level=1", "size=l"], await world.AttributesAsync(second));
    }

    [Theory, BothDatabases]
    public async Task What_conflicts_stays_behind_leads_on_and_belongs_to_nobody_else(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (first, second) = await PairAsync(world);
        foreach (var (user, phone, weibo) in new[] { (first, "13800000001", "weibo-1"), (second, "13800000002", "weibo-2") })
        {
            await SetAsync(world, user, u => (u.Phone, u.PhoneZone) = ("+86" + phone, "+86"));
            World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, db => world.Get<UserIdentities>().BindAsync(db, user, new(6, "", weibo), Actor.Host)));
        }

        await SetPasswordAsync(world, first, "First-password-1");
        await SetPasswordAsync(world, second, "Second-password-2");
        var before = await world.DirectoryAsync();
        var preview = World.Value(await world.Get<MergeService>().PreviewAsync(Operator(world), world.Development.Id, first, second));
        Assert.Equal(
            [
                new(MergeThing.Identity, 4, "b", MergeFate.Joins), new(MergeThing.Identity, 6, "weibo-2", MergeFate.StaysBehind),
                new(MergeThing.Phone, 0, "+8613800000002", MergeFate.StaysBehind), new(MergeThing.Password, 0, null, MergeFate.StaysBehind),
            ],
            preview.Items);

        World.Done(await MergeAsync(world, first, second));

        Assert.Equal(first, await EnterAsync(world, 6, "", "weibo-2"));
        Assert.Equal(first.Value, (await world.PasswordLoginAsync("13800000002", "First-password-1")).Json.GetProperty("user_id").GetInt64());
        Assert.Equal(4001007, (await world.PasswordLoginAsync("13800000002", "Second-password-2")).Code);
        var stranger = await EnterAsync(world, 5, "", "stranger");
        Assert.Equal(FaultKind.BoundToAnother, (await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
            world.Get<UserIdentities>().BindAsync(db, stranger, new(6, "", "weibo-2"), Actor.Host))).Fault?.Kind);
        Assert.Equal(FaultKind.AlreadyBound, (await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
            world.Get<UserIdentities>().BindAsync(db, first, new(6, "", "weibo-2"), Actor.Host))).Fault?.Kind);
        // Parting from Weibo parts the person from both.
        World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, db => UserIdentities.UnbindAsync(db, first, 6, Actor.Host)));
        Assert.NotEqual(first, await EnterAsync(world, 6, "", "weibo-2"));

        World.Done(await UndoAsync(world));
        var after = (await world.DirectoryAsync()).Split('\n');
        Assert.All(before.Split('\n').Where(l => !l.Contains("weibo", StringComparison.Ordinal)), line => Assert.Contains(line, after));
    }

    [Theory, BothDatabases]
    public async Task An_undo_leaves_what_was_set_since_with_who_set_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (first, second) = await PairAsync(world);
        await SetAsync(world, second, u => (u.Phone, u.PhoneZone) = ("+8613800000002", "+86"));
        await SetPasswordAsync(world, second, People.Password);
        World.Done(await MergeAsync(world, first, second));
        world.Host.Time.Advance(TimeSpan.FromDays(1));
        await SetAsync(world, first, u => u.Phone = "+8613800000009");
        await SetPasswordAsync(world, first, "Another-one-3");
        // An open id that was learnt through the identity that joined.
        await EnterAsync(world, 4, "wx-c", "c", "u-1");

        World.Done(await UndoAsync(world));

        Assert.Equal(first.Value, (await world.PasswordLoginAsync("13800000009", "Another-one-3")).Json.GetProperty("user_id").GetInt64());
        Assert.Equal(4001007, (await world.PasswordLoginAsync("13800000002")).Code);
    }

    [Theory, BothDatabases]
    public async Task It_can_be_undone_for_seven_days_once_and_the_latest_first(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (first, second) = await PairAsync(world);
        var third = await EnterAsync(world, 4, "wx-c", "c");
        // Learnt by an identity that has none yet.
        await EnterAsync(world, 4, "wx-c", "c", "u-1");
        World.Done(await MergeAsync(world, second, first));
        var firstMerge = await world.ReadAsync(db => db.Set<Merge>().Select(m => m.Id).SingleAsync());
        Assert.Equal(FaultKind.NotAllowedNow, (await MergeAsync(world, third, first)).Fault?.Kind);

        World.Done(await MergeAsync(world, third, second));
        Assert.Equal(third, await EnterAsync(world, 4, "wx-a", "a"));
        var service = world.Get<MergeService>();
        Assert.Equal(FaultKind.NotAllowedNow, (await service.UndoAsync(Operator(world), world.Development.Id, firstMerge)).Fault?.Kind);

        World.Done(await UndoAsync(world));
        Assert.Equal(FaultKind.NotAllowedNow, (await UndoAsync(world)).Fault?.Kind);
        world.Host.Time.Advance(MergeService.UndoTime - TimeSpan.FromSeconds(1));
        World.Done(await service.UndoAsync(Operator(world), world.Development.Id, firstMerge));

        World.Done(await MergeAsync(world, second, first));
        world.Host.Time.Advance(MergeService.UndoTime);
        Assert.Equal(FaultKind.NotAllowedNow, (await UndoAsync(world)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await service.UndoAsync(Operator(world), world.Production.Id, firstMerge)).Fault?.Kind);
    }

    [Theory, BothDatabases]
    public async Task It_is_refused_for_strangers_for_who_is_locked_out_and_for_another_plan_than_was_seen(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (first, second) = await PairAsync(world);
        var stranger = await EnterAsync(world, 5, "", "stranger");
        var (service, id) = (world.Get<MergeService>(), world.Development.Id);
        Assert.Equal(FaultKind.NotFound, (await MergeAsync(world, first, stranger)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await MergeAsync(world, first, first)).Fault?.Kind);

        var reader = Admins.With(Role.ReadOnly, world.Development.ProjectId);
        Assert.Equal(FaultKind.Forbidden, (await service.PreviewAsync(reader, id, first, second)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await service.MergeAsync(reader, id, first, second, "")).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await service.UndoAsync(reader, id, 1)).Fault?.Kind);

        var preview = World.Value(await service.PreviewAsync(Operator(world), id, first, second));
        World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, db => world.Get<UserIdentities>().BindAsync(db, second, new(6, "", "new"), Actor.Host)));
        Assert.Equal(FaultKind.Changed, (await service.MergeAsync(Operator(world), id, first, second, preview.Stamp)).Fault?.Kind);

        World.Done(await world.Get<UserSessions>().DisableAsync(Operator(world), id, second));
        Assert.Equal(FaultKind.NotAllowedNow, (await MergeAsync(world, first, second)).Fault?.Kind);
        World.Done(await world.Get<UserSessions>().EnableAsync(Operator(world), id, second));
        World.Done(await MergeAsync(world, first, second));
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Get<UserSessions>().EnableAsync(Operator(world), id, second)).Fault?.Kind);
    }

    [Theory, BothDatabases]
    public async Task The_two_ways_of_one_merge_at_once_are_one_merge(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (first, second) = await PairAsync(world);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? MergeAsync(world, first, second) : MergeAsync(world, second, first)));

        Assert.Single(outcomes, o => o.Ok);
        Assert.All(outcomes.Where(o => !o.Ok), o => Assert.Contains(o.Fault!.Kind, new[] { FaultKind.NotAllowedNow, FaultKind.Changed }));
        Assert.Equal(1, await world.ReadAsync(db => db.Set<Merge>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task The_list_shows_open_pairs_newest_first_masked_for_who_only_reads(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (first, second) = await PairAsync(world);
        await SetAsync(world, first, u => (u.Phone, u.PhoneZone) = ("+8613838383388", "+86"));
        var (reader, pairs) = (Admins.With(Role.ReadOnly, world.Development.ProjectId), world.Get<PairReader>());

        var seen = World.Value(await pairs.ListAsync(Operator(world), world.Development.Id, 1));
        var row = Assert.Single(seen.Pairs);
        Assert.Equal((first, second, 4, "+8613838383388"), (row.First.Id, row.Second.Id, row.Source, row.First.Phone));
        Assert.Equal("+86138****3388", World.Value(await pairs.ListAsync(reader, world.Development.Id, 1)).Pairs[0].First.Phone);
        Assert.Empty(World.Value(await pairs.ListAsync(reader, world.Production.Id, 1)).Pairs);

        World.Done(await MergeAsync(world, first, second));
        var after = World.Value(await pairs.ListAsync(reader, world.Development.Id, 1));
        Assert.Equal((0, 1), (after.Total, after.Merges.Count));
        Assert.Equal(after.Merges[0].At + MergeService.UndoTime, after.Merges[0].UndoUntil);

        World.Done(await UndoAsync(world));
        var undone = World.Value(await pairs.ListAsync(reader, world.Development.Id, 1));
        Assert.Equal((1, "Test", (DateTimeOffset?)null), (undone.Total, undone.Merges[0].UndoneBy, undone.Merges[0].UndoUntil));
    }
}
