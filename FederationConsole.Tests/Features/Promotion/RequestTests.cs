using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using static FederationConsole.Tests.Features.Promotion.PromotionWorld;

namespace FederationConsole.Tests.Features.Promotion;

/// <summary>The second pair of eyes.</summary>
public sealed class RequestTests
{
    private static async Task<World> CreateAsync(DatabaseKind database)
    {
        var world = await World.CreateAsync(database);
        World.Done(await Requests(world).RequireApprovalAsync(world.Admin(role: Role.Owner), world.Project(), true));
        await world.EditAsync(Badge);
        return world;
    }

    private static PromotionRequests Requests(World world) => world.Get<PromotionRequests>();

    private static async Task<RequestOverview> OverviewAsync(World world, string admin = "1") =>
        World.Value(await Requests(world).OverviewAsync(world.Admin(admin), world.Project()));

    private static async Task<long> AskAsync(World world, string admin = "1", string comment = "请看")
    {
        World.Done(await Requests(world).AskAsync(world.Admin(admin), await world.PreviewAsync(), comment));
        return (await OverviewAsync(world)).Pending!.Request.Id;
    }

    [Theory, BothDatabases]
    public async Task Another_administrator_approves_and_both_stand_in_the_version(DatabaseKind database)
    {
        await using var world = await CreateAsync(database);
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Promotion().PublishAsync(world.Admin(), await world.PreviewAsync(), "x")).Fault?.Kind);
        var id = await AskAsync(world);
        Assert.True((await OverviewAsync(world)).Pending!.Mine);
        Assert.False((await OverviewAsync(world, "2")).Pending!.Mine);

        Assert.Equal(FaultKind.NotAllowedNow, (await Requests(world).ApproveAsync(world.Admin("1"), world.Project(), id, "自己")).Fault?.Kind);
        Assert.Equal(FaultKind.Missing, (await Requests(world).ApproveAsync(world.Admin("2"), world.Project(), id, "")).Fault?.Kind);
        Assert.Empty(await world.HistoryAsync());
        Assert.Equal(RequestState.Approved, World.Value(await Requests(world).ApproveAsync(world.Admin("2"), world.Project(), id, "好")));

        var version = Assert.Single(await world.HistoryAsync());
        Assert.Equal((1, "1", "2", "请看"), (version.Number, version.ById, version.ApprovedById, version.Comment));
        var overview = await OverviewAsync(world);
        Assert.Null(overview.Pending);
        Assert.Equal((RequestState.Approved, "admin 2", "好"), (overview.Last[0].State, overview.Last[0].DecidedByName, overview.Last[0].Answer));
        Assert.Equal(FaultKind.NotFound, (await Requests(world).ApproveAsync(world.Admin("2"), world.Project(), id, "又")).Fault?.Kind);
    }

    [Theory, BothDatabases]
    public async Task A_request_is_declined_or_taken_back_and_nothing_is_published(DatabaseKind database)
    {
        await using var world = await CreateAsync(database);
        var id = await AskAsync(world);
        Assert.Equal(FaultKind.NotAllowedNow, (await Requests(world).AskAsync(world.Admin("3"), await world.PreviewAsync(), "我也")).Fault?.Kind);
        Assert.Equal(RequestState.Declined, World.Value(await Requests(world).DeclineAsync(world.Admin("2"), world.Project(), id, "不行")));
        Assert.Equal(RequestState.Withdrawn, World.Value(await Requests(world).DeclineAsync(world.Admin("1"), world.Project(), await AskAsync(world), "算了")));
        Assert.Empty(await world.HistoryAsync());
        Assert.Equal([RequestState.Withdrawn, RequestState.Declined], (await OverviewAsync(world)).Last.Select(r => r.State));
    }

    [Theory, BothDatabases]
    public async Task What_moved_under_a_request_makes_it_fall_with_the_reason(DatabaseKind database)
    {
        await using var world = await CreateAsync(database);
        var id = await AskAsync(world);
        await world.EditAsync(Badge, Level);
        Assert.Equal(MovedPart.Development, (await OverviewAsync(world)).Pending!.Moved);
        Assert.Equal(RequestState.Fallen, World.Value(await Requests(world).ApproveAsync(world.Admin("2"), world.Project(), id, "好")));
        Assert.Equal((RequestState.Fallen, (MovedPart?)MovedPart.Development), ((await OverviewAsync(world)).Last[0].State, (await OverviewAsync(world)).Last[0].Moved));
        Assert.Empty(await world.HistoryAsync());

        // One that fell makes room for the next by itself.
        await AskAsync(world);
        await world.EditAsync(Badge);
        await AskAsync(world, "3");
        Assert.Equal(["3"], [(await OverviewAsync(world)).Pending!.Request.ById]);

        // Production moved: the switch was off for a moment.
        World.Done(await Requests(world).RequireApprovalAsync(world.Admin(role: Role.Owner), world.Project(), false));
        await world.PublishAsync();
        var overview = await OverviewAsync(world);
        Assert.Equal((false, MovedPart.Production), (overview.NeedsApproval, overview.Pending!.Moved!.Value));
    }

    [Theory, BothDatabases]
    public async Task Two_who_approve_at_once_publish_once(DatabaseKind database)
    {
        await using var world = await CreateAsync(database);
        var id = await AskAsync(world);
        var outcomes = await Task.WhenAll(Enumerable.Range(2, 6).Select(i => Task.Run(() => Requests(world).ApproveAsync(world.Admin($"{i}"), world.Project(), id, "好"))));
        Assert.Equal(RequestState.Approved, Assert.Single(outcomes, o => o.Ok).Value);
        Assert.Single(await world.HistoryAsync());
    }

    [Theory, BothDatabases]
    public async Task Two_who_ask_at_once_leave_one_request(DatabaseKind database)
    {
        await using var world = await CreateAsync(database);
        var shown = await world.PreviewAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => Task.Run(() => Requests(world).AskAsync(world.Admin($"{i}"), shown, "请看"))));
        Assert.Single(outcomes, o => o.Ok);
        Assert.All(outcomes.Where(o => !o.Ok), o => Assert.Equal(FaultKind.NotAllowedNow, o.Fault!.Kind));
    }

    [Theory, BothDatabases]
    public async Task Without_the_switch_nobody_asks(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EditAsync(Badge);
        Assert.Equal(FaultKind.NotAllowedNow, (await Requests(world).AskAsync(world.Admin(), await world.PreviewAsync(), "x")).Fault?.Kind);
    }
}
