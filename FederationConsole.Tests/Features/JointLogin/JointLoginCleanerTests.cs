using FederationConsole.Data;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.JointLogin;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.JointLogin;

public sealed class JointLoginCleanerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>More than one write takes.</summary>
    private const int Codes = 501;

    [Theory, BothDatabases]
    public async Task Codes_are_kept_for_31_days_in_every_environment_and_then_go_by_themselves(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var app = world.Get<FederationConsole.Features.Projects.ProjectCatalog>().App(world.AppKey)!;
        foreach (var environment in new[] { world.Development, world.Production })
        {
            var user = await world.RegisteredAsync("13838383388", password: null, environment: environment);
            await world.Get<Store>().WriteAsync(environment.Scope, db =>
            {
                db.AddRange(Enumerable.Range(0, Codes).Select(_ => new JointCode
                {
                    Id = db.NextId(), AppId = app.Id, UserId = user, Hash = Tokens.Hash(Tokens.New()), CreatedAt = db.Now, ExpiresAt = db.Now + JointCode.Life,
                }));
                return Task.FromResult(Outcome.Done);
            });
        }

        world.Host.Time.Advance(TimeSpan.FromDays(31) - Hour);
        await world.Get<JointLoginCleaner>().CleanAsync(default);
        Assert.Equal(2 * Codes, await LeftAsync());

        world.Host.Time.Advance(2 * Hour);
        await Waiting.UntilAsync(async () => await LeftAsync() == 0, () => "codes are left");

        Task<int> LeftAsync() => world.ReadAsync(db => db.Set<JointCode>().IgnoreQueryFilters().CountAsync());
    }

    [Theory, BothDatabases]
    public async Task A_family_of_app_tokens_goes_when_its_last_one_is_over_and_not_before(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var tokens = world.Get<AppTokenService>();
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        var first = World.Value(await tokens.RefreshAsync(World.Value(tokens.IssuePair(world.AppKey, secret)).RefreshToken));
        var spent = World.Value(tokens.IssuePair(world.AppKey, secret)).RefreshToken;
        World.Value(await tokens.RefreshAsync(spent));

        // A family that is renewed lives on; one that is not, and one that ended, goes once its last token is over.
        world.Host.Time.Advance(AppTokenService.RefreshLife - Hour);
        Assert.Equal(FaultKind.RefreshTokenSpent, (await tokens.RefreshAsync(spent)).Fault!.Kind);
        var second = World.Value(await tokens.RefreshAsync(first.RefreshToken));
        await world.Get<JointLoginCleaner>().CleanAsync(default);
        Assert.Equal(2, await LeftAsync());
        world.Host.Time.Advance(2 * Hour);
        await Waiting.UntilAsync(async () => await LeftAsync() == 1, () => "the ended family is left");
        World.Value(await tokens.RefreshAsync(second.RefreshToken));

        world.Host.Time.Advance(AppTokenService.RefreshLife + Hour);
        await Waiting.UntilAsync(async () => await LeftAsync() == 0, () => "a family is left");

        Task<int> LeftAsync() => world.ReadAsync(db => db.Set<AppTokenFamily>().CountAsync());
    }
}
