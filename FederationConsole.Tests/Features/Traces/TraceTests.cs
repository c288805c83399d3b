using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Traces;

/// <summary>What a login leaves behind for whoever is asked why it did not work.</summary>
public sealed class TraceTests
{
    [Theory, BothDatabases]
    public async Task Each_call_leaves_who_asked_what_the_third_party_said_and_what_came_of_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var login = await world.LoginAsync("ming");
        await CallAsync(world, "/v2/user/third/register_check", "ming", world.Party.SignIn("ming"));
        await CallAsync(world, "/v2/user_auth_third", "ming", "a-wrong-token");
        world.Party.Misbehave = http => http.Response.WriteAsync("nonsense");
        await CallAsync(world, "/v2/user_auth_third", "ming", "any");
        await CallAsync(world, "/v2/user_auth_third", "ming", "any", source: 4);
        await world.PostAsync("/v2/user_auth_third", new { source = 10, corp_id = "nobody0000000000", open_id = "ming", access_token = "any" });

        // The newest first; the call with an unknown corp is nobody's.
        var found = await FindAsync(world, new());
        Assert.Equal(
            [
                (TraceCall.ThirdParty, 4, TraceAnswer.None, nameof(FaultKind.SourceNotSetUp), null),
                (TraceCall.ThirdParty, 10, TraceAnswer.Failed, nameof(FaultKind.ThirdPartyFailed), null),
                (TraceCall.ThirdParty, 10, TraceAnswer.Refused, nameof(FaultKind.ThirdPartyFailed), "4030001"),
                (TraceCall.RegisterCheck, 10, TraceAnswer.Verified, null, null),
                (TraceCall.ThirdParty, 10, TraceAnswer.Verified, null, (string?)null),
            ],
            found.Select(t => (t.Call, t.Source, t.Answer, t.Fault, t.Code)));
        Assert.Equal([0, 0, 0, login.UserId, login.UserId], found.Select(t => t.UserId.Value));
        Assert.All(found, t => Assert.Equal(("ming", "127.0.0.1"), (t.OpenId, t.Address)));
        Assert.Equal("token invalid", found[2].Detail);
        Assert.Equal(5, found.Select(t => t.RequestId).Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task It_is_found_by_user_open_id_request_id_and_phone_and_by_nothing_else(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var login = await world.LoginAsync("ming");
        await world.LoginAsync("hong");
        World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, async db =>
        {
            var user = await db.Set<User>().SingleAsync(u => u.Id == UserId.Of(login.UserId));
            (user.Phone, user.PhoneZone) = ("+8613838383388", "+86");
            db.Audit(Actor.Host, "user.updated", "user", user.Id.ToString());
            return Outcome.Done;
        }));
        var mine = (await FindAsync(world, new("ming"))).Single();

        foreach (var text in new[] { "ming", $" {login.UserId} ", mine.RequestId, "13838383388", "+8613838383388" })
        {
            Assert.Equal(mine.Id, Assert.Single(await FindAsync(world, new(text))).Id);
        }

        Assert.Empty(await FindAsync(world, new("min")));
        Assert.Empty(await FindAsync(world, new("ming", Failed: true)));
        Assert.Empty(await FindAsync(world, new("ming", Source: 4)));
        var other = World.Value(await world.Get<TraceService>().FindAsync(Actor.Host, world.Production.Id, new("ming")));
        Assert.Empty(other.Traces);
    }

    [Theory, BothDatabases]
    public async Task It_is_gone_with_its_user_and_after_its_days(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var login = await world.LoginAsync("ming");
        await CallAsync(world, "/v2/user_auth_third", "ming", "a-wrong-token");
        await world.LoginAsync("hong");
        var traces = world.Get<SignInTraces>();
        await traces.FlushAsync();
        Assert.Equal(2, await world.Get<Store>().WriteAsync(world.Development.Scope, db => TraceService.EraseAsync(db, UserId.Of(login.UserId), ["ming"])));
        Assert.Equal(["hong"], (await FindAsync(world, new())).Select(t => t.OpenId));

        world.Host.Time.Advance(TimeSpan.FromDays(6));
        await world.LoginAsync("lan");
        await traces.FlushAsync();
        world.Host.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await traces.CleanAsync(CancellationToken.None);
        Assert.Equal(["lan"], (await FindAsync(world, new())).Select(t => t.OpenId));
    }

    [Theory, BothDatabases]
    public async Task What_strangers_send_is_cut_to_fit(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        world.Party.Misbehave = http =>
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return http.Response.WriteAsync("{\"error\":{\"code\":\"" + new string('9', 300) + "\",\"msg\":\"no\"}}");
        };
        await CallAsync(world, "/v2/user_auth_third", "ming", "any");
        Assert.Equal(64, Assert.Single(await FindAsync(world, new())).Code!.Length);
        var traces = world.Get<SignInTraces>();
        traces.Add(new() { EnvironmentId = world.Development.Id, RequestId = new string('r', 100), OpenId = "zero\0 " + new string('长', 300) });
        var cut = (await FindAsync(world, new()))[0];
        Assert.Equal((64, SignInTrace.MaxOpenId), (cut.RequestId.Length, cut.OpenId!.Length));
    }

    [Fact]
    public async Task A_full_queue_drops_and_counts_and_no_login_waits()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Traces:Queue"] = "100" } });
        var traces = world.Get<SignInTraces>();
        for (var n = 0; n < 130; n++)
        {
            traces.Add(new() { EnvironmentId = world.Development.Id, RequestId = "r" });
        }

        Assert.Equal(30, traces.Dropped);
        await world.LoginAsync("ming");
        Assert.Equal(31, traces.Dropped);
        await traces.FlushAsync();
        Assert.Equal(100, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<SignInTrace>().CountAsync()));
    }

    [Fact]
    public async Task A_graceful_stop_loses_none()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var world = await World.CreateAsync(new TestHostOptions { Settings = database.Settings }))
        {
            await world.LoginAsync("ming");
        }

        await using var next = await TestHost.StartAsync(new TestHostOptions { Settings = database.Settings });
        var kept = await ((Store)next.Services.GetService(typeof(Store))!).ReadAsync(Scope.Host, db => db.Set<SignInTrace>().IgnoreQueryFilters().CountAsync());
        Assert.Equal(1, kept);
    }

    [Fact]
    public async Task Only_who_may_see_the_project_sees_its_traces()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var stranger = Admins.With(Role.Owner, ProjectId.Of(7));
        Assert.Equal(FaultKind.Forbidden, (await world.Get<TraceService>().FindAsync(stranger, world.Development.Id, new())).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await world.Get<TraceService>().GetAsync(stranger, world.Development.Id, 1)).Fault?.Kind);
        Assert.Null((await world.Get<TraceService>().FindAsync(Admins.With(Role.ReadOnly, world.Development.ProjectId), world.Development.Id, new())).Fault);
    }

    private static async Task CallAsync(World world, string path, string openId, string token, int source = 10)
    {
        var reply = await world.PostAsync(path, new { source, corp_id = world.Development.CorpId, open_id = openId, access_token = token });
        Assert.NotEqual(HttpStatusCode.InternalServerError, reply.Status);
    }

    private static async Task<IReadOnlyList<SignInTrace>> FindAsync(World world, TraceFilter filter)
    {
        await world.Get<SignInTraces>().FlushAsync();
        return World.Value(await world.Get<TraceService>().FindAsync(Actor.Host, world.Development.Id, filter)).Traces;
    }
}
