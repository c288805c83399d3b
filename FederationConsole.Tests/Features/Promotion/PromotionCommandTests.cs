using FederationConsole.Features.Promotion;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using static FederationConsole.Tests.Features.Promotion.PromotionWorld;

namespace FederationConsole.Tests.Features.Promotion;

/// <summary><c>-- promote CODE</c>: 0 done, 1 refused, 2 used wrongly.</summary>
public sealed class PromotionCommandTests
{
    private static async Task<(int Code, string Output)> RunAsync(World world, params string[] args)
    {
        using var output = new StringWriter();
        return (await world.Get<PromotionCommand>().RunAsync(output, args), output.ToString());
    }

    [Theory, BothDatabases]
    public async Task Shows_the_difference_with_its_users_and_publishes_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.PeopleAsync(Badge, "a", null, null);
        await world.EditAsync(Badge with { Required = true });

        var dry = await RunAsync(world, "acme", "--dry-run");
        Assert.Equal(0, dry.Code);
        Assert.Contains("+ attributes.badge.required  -  ->  true", dry.Output, StringComparison.Ordinal);
        Assert.Contains("2 位用户没有值", dry.Output, StringComparison.Ordinal);
        Assert.Empty(await world.HistoryAsync());

        Assert.Equal(2, (await RunAsync(world, "acme")).Code);
        var done = await RunAsync(world, "acme", "--comment", "夜间发布");
        Assert.Equal(0, done.Code);
        Assert.Contains("已同步为版本 1", done.Output, StringComparison.Ordinal);
        var version = Assert.Single(await world.HistoryAsync());
        Assert.Equal(("夜间发布", "command line"), (version.Comment, version.ByName));

        Assert.Equal(1, (await RunAsync(world, "acme", "--comment", "再来")).Code);
        Assert.Equal(0, (await RunAsync(world, "--dry-run", "acme")).Code);
    }

    [Fact]
    public async Task Wrong_use_an_unknown_project_and_a_needed_approval_are_told_apart()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.EditAsync(Badge);
        Assert.Equal(2, (await RunAsync(world, "acme", "--dryrun")).Code);
        Assert.Equal(2, (await RunAsync(world, "acme", "--comment")).Code);
        Assert.Equal(2, (await RunAsync(world, "acme", "beta", "--dry-run")).Code);
        var unknown = await RunAsync(world, "nowhere", "--dry-run");
        Assert.Equal((1, "nowhere: NotFound"), (unknown.Code, unknown.Output.Trim()));

        World.Done(await world.Get<PromotionRequests>().RequireApprovalAsync(Actor.Host, world.Project(), true));
        Assert.Equal(0, (await RunAsync(world, "acme", "--dry-run")).Code);
        var refused = await RunAsync(world, "acme", "--comment", "x");
        Assert.Equal(1, refused.Code);
        Assert.Contains("另一位管理员批准", refused.Output, StringComparison.Ordinal);
    }
}
