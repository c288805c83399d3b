using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Overview;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Overview;

public sealed class OverviewReaderTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory, BothDatabases]
    public async Task Numbers_are_those_of_the_data(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database);
        var bench = await OverviewBench.CreateAsync(host);
        await bench.AddAsync(hoursAgo: 0, source: 10, FaultOf(null), count: 5, fresh: 2);
        await bench.AddAsync(hoursAgo: 1, source: 10, FaultOf(FaultKind.ThirdPartyFailed), count: 3);
        await bench.AddAsync(hoursAgo: 23, source: 4, FaultOf(null), count: 7);
        await bench.AddAsync(hoursAgo: 23, source: 4, FaultOf(FaultKind.UserDisabled), count: 1);
        await bench.AddAsync(hoursAgo: 24, source: 10, FaultOf(null), count: 100);
        await bench.AddAsync(hoursAgo: 24 * 6, source: 10, "Vanished", count: 9);

        var day = await bench.ReadAsync(OverviewSpan.Day);
        Assert.Equal(24, day.Bars.Count);
        Assert.Equal((5, 0), (day.Bars[23].Succeeded, day.Bars[23].Failed));
        Assert.Equal((0, 3), (day.Bars[22].Succeeded, day.Bars[22].Failed));
        Assert.Equal((7, 1), (day.Bars[0].Succeeded, day.Bars[0].Failed));
        Assert.Equal([new(4, 7, 1, 0), new(10, 5, 3, 2)], day.Ways);
        Assert.Equal(
            [new("ThirdPartyFailed", FaultKind.ThirdPartyFailed, 3, 3.0 / 16), new("UserDisabled", FaultKind.UserDisabled, 1, 1.0 / 16)], day.Causes);

        var week = await bench.ReadAsync(OverviewSpan.Week);
        Assert.Equal(7, week.Bars.Count);
        Assert.Equal(112, week.Bars.Sum(b => b.Succeeded));
        Assert.Contains(new("Vanished", null, 9, 9.0 / 125), week.Causes);
        Assert.Equal(30, (await bench.ReadAsync(OverviewSpan.Month)).Bars.Count);

        var wechat = await bench.ReadAsync(OverviewSpan.Day, way: 4);
        Assert.Equal((7, 1), (wechat.Bars.Sum(b => b.Succeeded), wechat.Bars.Sum(b => b.Failed)));
        Assert.Equal(2, wechat.Ways.Count);
    }

    [Theory, BothDatabases]
    public async Task Today_is_the_projects_day_and_the_neighbour_is_not_counted(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database);
        // 23:30 in Shanghai: the day's last half hour.
        host.Time.Advance(host.Time.GetUtcNow().UtcDateTime.Date.AddDays(2).AddHours(15.5) - host.Time.GetUtcNow().UtcDateTime);
        var bench = await OverviewBench.CreateAsync(host);
        await bench.UserAsync(bench.Development, session: SessionState.Ended);
        host.Time.Advance(TimeSpan.FromHours(3));
        await bench.UserAsync(bench.Development, session: SessionState.Live);
        await bench.UserAsync(bench.Development, session: SessionState.Expired);
        await bench.UserAsync(bench.Production, session: SessionState.Live);
        await bench.AddAsync(hoursAgo: 2, source: 10, FaultOf(null), count: 4);
        await bench.AddAsync(hoursAgo: 3, source: 10, FaultOf(null), count: 40);

        Assert.Equal(new OverviewCounts(Users: 3, NewUsersToday: 2, ActiveSessions: 1, SignInsToday: 4), (await bench.ReadAsync(OverviewSpan.Day)).Counts);
    }

    [Theory, BothDatabases]
    public async Task The_checklist_follows_the_newcomer(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database);
        var bench = await OverviewBench.CreateAsync(host);
        Assert.Equal(new Checklist(App: false, Service: false, Source: false, Login: false), await CheckAsync());

        var apps = host.Services.GetRequiredService<AppService>();
        var app = (await apps.CreateAsync(Actor.Host, bench.Development.ProjectId, "shop", "Shop")).Value!;
        Assert.Equal(new Checklist(App: true, Service: false, Source: false, Login: false), await CheckAsync());

        await apps.EnableServiceAsync(Actor.Host, bench.Development.ProjectId, app.Id);
        Assert.Equal(new Checklist(App: true, Service: true, Source: false, Login: false), await CheckAsync());

        await bench.SourceAsync(enabled: false);
        Assert.False((await CheckAsync()).Source);
        await bench.SourceAsync(enabled: true);
        Assert.True((await CheckAsync()).Source);
        Assert.Equal(SourceKind.QQ, Assert.Single((await bench.ReadAsync(OverviewSpan.Day)).Parties).Source);

        await bench.AddAsync(0, 10, FaultOf(FaultKind.ThirdPartyFailed), 1);
        Assert.False((await CheckAsync()).Login);
        await bench.AddAsync(0, 10, FaultOf(null), 1);
        Assert.True((await CheckAsync()).Done);

        async Task<Checklist> CheckAsync() => (await bench.ReadAsync(OverviewSpan.Day)).Checklist;
    }

    [Fact]
    public async Task A_reader_of_another_project_is_refused()
    {
        await using var host = await TestHost.StartAsync();
        var bench = await OverviewBench.CreateAsync(host);
        var stranger = new Actor(ActorKind.Administrator, "1", "li", null, null) { Grants = [new(bench.Development.ProjectId.Value + 1, Role.Owner)] };
        Assert.Equal(FaultKind.Forbidden, (await bench.Reader.ReadAsync(stranger, bench.Development.Id, Shanghai, OverviewSpan.Day, null, default)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await bench.Reader.ReadAsync(Actor.Host, new(1), Shanghai, OverviewSpan.Day, null, default)).Fault?.Kind);
    }

    private static string FaultOf(FaultKind? kind) => kind?.ToString() ?? "";
}

internal enum SessionState
{
    Live,
    Ended,
    Expired,
}

/// <summary>A project with data to order.</summary>
internal sealed class OverviewBench(TestHost host, EnvironmentEntry development, EnvironmentEntry production)
{
    private readonly Store _store = host.Services.GetRequiredService<Store>();

    public OverviewReader Reader { get; } = host.Services.GetRequiredService<OverviewReader>();
    public EnvironmentEntry Development => development;
    public EnvironmentEntry Production => production;

    public static async Task<OverviewBench> CreateAsync(TestHost host)
    {
        Assert.True((await host.Services.GetRequiredService<ProjectService>().CreateAsync(Actor.Host, "over-view", "Over")).Ok);
        var catalog = host.Services.GetRequiredService<ProjectCatalog>();
        return new(host, catalog.Environment("over-view", EnvironmentKind.Development)!, catalog.Environment("over-view", EnvironmentKind.Production)!);
    }

    public async Task<OverviewData> ReadAsync(OverviewSpan span, int? way = null)
    {
        var read = await Reader.ReadAsync(Actor.Host, development.Id, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), span, way, default);
        Assert.Null(read.Fault);
        return read.Value!;
    }

    public Task AddAsync(int hoursAgo, int source, string result, int count, int fresh = 0) => _store.WriteAsync(development.Scope, db =>
    {
        var hour = new DateTimeOffset(db.Now.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(-hoursAgo);
        db.Add(new SignInCount { EnvironmentId = development.Id, Hour = hour, Source = source, Result = result, Count = count, NewUsers = fresh });
        return Task.FromResult(Outcome.Done);
    });

    public Task SourceAsync(bool enabled) => _store.WriteAsync(development.Scope, async db =>
    {
        db.RemoveRange(db.Set<SourceSetting>().Where(s => s.Source == SourceKind.QQ));
        db.Audit(Actor.Host, "test", "source", "5");
        await db.SaveChangesAsync();
        db.Add(new SourceSetting { Id = db.NextId(), Source = SourceKind.QQ, Enabled = enabled });
        db.Audit(Actor.Host, "test", "source", "5");
        return Outcome.Done;
    });

    public Task UserAsync(EnvironmentEntry environment, SessionState session) => _store.WriteAsync(environment.Scope, db =>
    {
        var user = new User { Id = db.NextId<UserId>(), AccountId = db.NextGuid(), CreatedAt = db.Now };
        db.Add(user);
        db.Audit(Actor.Host, "user.created", "user", user.Id.ToString());
        db.Add(new Session
        {
            Id = db.NextId<SessionId>(), UserId = user.Id, AccessHash = [1], RefreshHash = [2], AuthorizeHash = [3], CreatedAt = db.Now,
            AccessExpiresAt = db.Now, RefreshExpiresAt = db.Now.AddDays(session == SessionState.Expired ? -1 : 1),
            EndedAt = session == SessionState.Ended ? db.Now : null,
        });
        return Task.FromResult(Outcome.Done);
    });
}
