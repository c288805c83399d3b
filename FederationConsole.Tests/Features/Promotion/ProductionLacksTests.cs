using FederationConsole.Features.Events;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Promotion;

/// <summary>What production still lacks although development has it.</summary>
public sealed class ProductionLacksTests
{
    [Theory, BothDatabases]
    public async Task Each_kind_of_thing_is_listed_until_production_has_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (apps, project) = (world.Get<AppService>(), world.Project());
        foreach (var app in World.Value(await apps.ListAsync(Actor.Host, project)))
        {
            World.Done(await apps.EnableServiceAsync(Actor.Host, project, app.Id));
        }

        Assert.Empty(await LacksAsync());

        await SetUpAsync(world.Development);
        Assert.Equal(
            ["apps?app=shop&tab=production", "apps?app=shop&tab=production", "sources?source=4", "messages", "events"],
            (await LacksAsync()).Select(l => l.Page));
        await SetUpAsync(world.Production);
        Assert.Empty(await LacksAsync());

        // The inbox sends to nobody: in production it is no provider.
        World.Done(await world.Get<MessageService>().SaveAsync(Actor.Host, world.Production.Id, new(MessageChannel.Sms, MessageProvider.Inbox, new Dictionary<string, string>(), new Dictionary<string, string?>(), 1)));
        Assert.Equal(["messages"], (await LacksAsync()).Select(l => l.Page));

        async Task<IReadOnlyList<ProductionLack>> LacksAsync() => World.Value(await world.Get<ProductionLacks>().ListAsync(world.Admin(role: Role.ReadOnly), project));

        async Task SetUpAsync(EnvironmentEntry environment)
        {
            var key = World.Value(await apps.ListAsync(Actor.Host, project)).Single(a => a.Code == "shop").Credentials.Single(c => c.EnvironmentId == environment.Id);
            World.Done(await apps.SetAddressesAsync(Actor.Host, project, key.Id, ["https://a.example/cb"], ["https://a.example"], key.Version));
            World.Done(await world.Get<SourceService>().SaveAsync(Actor.Host, environment.Id, new(
                SourceKind.WeChat, "", Enabled: true, new Dictionary<string, string> { ["appId"] = "wx1" }, new Dictionary<string, string?> { ["appSecret"] = "secret" }, Version: 0)));
            World.Done(await world.Get<MessageService>().SaveAsync(Actor.Host, environment.Id, new(
                MessageChannel.Sms, MessageProvider.Http, new Dictionary<string, string> { ["url"] = "http://127.0.0.1:9/sms" }, new Dictionary<string, string?> { ["token"] = "t" }, 0)));
            Assert.True((await world.Get<ReceiverService>().CreateAsync(Actor.Host, environment.Id, "http://127.0.0.1:9/hook", [])).Ok);
        }
    }
}
