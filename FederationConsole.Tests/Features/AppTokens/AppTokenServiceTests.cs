using System.Buffers.Text;
using System.Security.Cryptography;
using FederationConsole.Data;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FederationConsole.Tests.Features.AppTokens;

public sealed class AppTokenServiceTests
{
    [Theory, BothDatabases]
    public async Task A_token_is_the_apps_in_its_environment_until_it_expires(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var tokens = world.Get<AppTokenService>();
        var token = await IssueAsync(world, world.AppKey);

        var app = World.Value(tokens.Check(token.AccessToken));
        Assert.Equal((world.AppKey, world.Development.Id), (app.AppKey, app.Environment.Id));
        Assert.Equal(7200, token.ExpiresIn);

        world.Host.Time.Advance(TimeSpan.FromSeconds(7199));
        Assert.True(tokens.Check(token.AccessToken).Ok);
        world.Host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FaultKind.TokenExpired, tokens.Check(token.AccessToken).Fault!.Kind);
    }

    [Fact]
    public async Task A_token_of_production_is_productions()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var token = await IssueAsync(world, world.ProductionAppKey);
        Assert.Equal(world.Production.Id, World.Value(world.Get<AppTokenService>().Check(token.AccessToken)).Environment.Id);
    }

    [Theory, BothDatabases]
    public async Task A_token_dies_with_the_secret_that_bought_it_and_with_no_other(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var tokens = world.Get<AppTokenService>();
        var older = World.Value(tokens.Issue(world.AppKey, world.Secrets.First(s => tokens.Issue(world.AppKey, s).Ok)));
        var (secret, retireAsync) = await world.NewSecretAsync(world.AppKey);
        var newer = World.Value(tokens.Issue(world.AppKey, secret));

        await retireAsync();

        Assert.Equal(FaultKind.TokenUnknown, tokens.Check(newer.AccessToken).Fault!.Kind);
        Assert.Equal(FaultKind.UnknownApp, tokens.Issue(world.AppKey, secret).Fault!.Kind);
        Assert.True(tokens.Check(older.AccessToken).Ok);
    }

    [Fact]
    public async Task What_we_did_not_seal_is_unknown()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var tokens = world.Get<AppTokenService>();
        var good = (await IssueAsync(world, world.AppKey)).AccessToken;
        var bytes = Base64Url.DecodeFromChars(good);
        for (var at = 0; at < bytes.Length; at += 7)
        {
            var forged = (byte[])bytes.Clone();
            forged[at] ^= 1;
            Assert.Equal(FaultKind.TokenUnknown, tokens.Check(Base64Url.EncodeToString(forged)).Fault!.Kind);
        }

        // Sealed by our own keys, for another purpose or of another shape.
        var protection = world.Get<IDataProtectionProvider>();
        var otherPurpose = protection.CreateProtector("FederationConsole.Secrets.v1").Protect(RandomNumberGenerator.GetBytes(56));
        var otherShape = protection.CreateProtector("FederationConsole.AppTokens.v2").Protect([1, 2, 3]);
        foreach (var forged in new[] { Base64Url.EncodeToString(otherPurpose), Base64Url.EncodeToString(otherShape), "x", "!", new string('A', 600), good + "A", good[..^4] })
        {
            Assert.Equal(FaultKind.TokenUnknown, tokens.Check(forged).Fault!.Kind);
        }

        Assert.Equal(FaultKind.TokenMissing, tokens.Check(null).Fault!.Kind);
        Assert.Equal(FaultKind.TokenMissing, tokens.Check("").Fault!.Kind);
    }

    [Fact]
    public async Task Two_tokens_of_one_moment_differ_and_both_are_good()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        var tokens = world.Get<AppTokenService>();
        var (one, two) = (World.Value(tokens.Issue(world.AppKey, secret)).AccessToken, World.Value(tokens.Issue(world.AppKey, secret)).AccessToken);
        Assert.NotEqual(one, two);
        Assert.True(tokens.Check(one).Ok && tokens.Check(two).Ok);
    }

    [Fact]
    public async Task Only_a_right_secret_of_an_enabled_app_buys_one()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var tokens = world.Get<AppTokenService>();
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        var (idle, _) = await world.NewSecretAsync(world.IdleAppKey);

        Assert.Equal(FaultKind.UnknownApp, tokens.Issue("nobody", secret).Fault!.Kind);
        Assert.Equal(FaultKind.UnknownApp, tokens.Issue(world.AppKey, secret + "x").Fault!.Kind);
        Assert.Equal(FaultKind.UnknownApp, tokens.Issue(world.ProductionAppKey, secret).Fault!.Kind);
        Assert.Equal(FaultKind.AppNotEnabled, tokens.Issue(world.IdleAppKey, idle).Fault!.Kind);
    }

    [Fact]
    public async Task Another_node_with_the_same_database_takes_the_token()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var token = await IssueAsync(world, world.AppKey);
        // What a second node has of its own: a key manager that has seen nothing yet but the keys in the database.
        var keys = world.Get<IOptions<KeyManagementOptions>>().Value.XmlRepository;
        var node = new ServiceCollection();
        node.AddDataProtection().SetApplicationName("FederationConsole").AddKeyManagementOptions(options => options.XmlRepository = keys);
        await using var services = node.BuildServiceProvider();
        var other = new AppTokenService(world.Get<ProjectCatalog>(), services.GetRequiredService<IDataProtectionProvider>(), world.Get<Store>(), world.Get<Ids>(), world.Host.Time);
        Assert.True(other.Check(token.AccessToken).Ok);
    }

    private static async Task<AppToken> IssueAsync(World world, string appKey)
    {
        var (secret, _) = await world.NewSecretAsync(appKey);
        return World.Value(world.Get<AppTokenService>().Issue(appKey, secret));
    }
}
