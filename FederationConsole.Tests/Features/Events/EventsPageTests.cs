using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Events;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Tests.Features.Events;

public sealed class EventsPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<ReceiverService>());
        Browser.Services.AddSingleton(World.Get<DeliveryService>());
        Browser.Services.AddSingleton(World.Get<Signals>());
    }

    [Fact]
    public async Task A_receiver_is_made_shows_its_secret_once_and_gets_a_test_event()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var page = Open<EventsPage>(Role.Manager, "?new=receiver");
        page.On("#field-Url").Change("ftp://example.com");
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("true", page.Find("#field-Url").GetAttribute("aria-invalid")));

        page.On("#field-Url").Change(receiver.Url);
        page.FindAll(".choice input").First(i => i.ParentElement!.TextContent.Contains("user.*", StringComparison.Ordinal)).Change(true);
        page.On(".side form").Submit();
        var secret = page.Await(".side .notice-warn .mono").TextContent;
        var made = Assert.Single(await ListAsync());
        Assert.Equal((receiver.Url, "user.*"), (made.Url, Assert.Single(made.Events)));

        page = Open<EventsPage>(Role.Manager, $"?receiver={made.Id}");
        page.On("[data-test]").Click();
        await receiver.UntilAsync(1);
        Assert.Equal((EventTypes.Test, null), (receiver.Got.Single().Type, receiver.Got.Single().User));
        Assert.True(receiver.Got.Single().IsSignedBy(secret, World.Host.Time.GetUtcNow()));
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_switched_off_edited_given_a_new_secret_and_deleted()
    {
        var made = World.Value(await World.Get<ReceiverService>().CreateAsync(Actor.Host, World.Development.Id, "https://app.example.com/events", []));
        var page = Open<EventsPage>(Role.Owner, $"?receiver={made.Id}");
        page.On("[role=switch]").Click();
        page.Until(() => Assert.Equal("false", page.Find("[role=switch]").GetAttribute("aria-checked")));
        page.On("#field-Url").Change("https://app.example.com/hooks");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("已保存", page.Find(".side form").TextContent, StringComparison.Ordinal));
        Assert.Equal((false, "https://app.example.com/hooks"), ((await ListAsync())[0].Enabled, (await ListAsync())[0].Url));

        page.On("[data-rotate]").Click();
        page.Confirm("app.example.com");
        Assert.NotEqual(made.Secret, page.Await(".side .notice-warn .mono").TextContent);
        page.On("[data-delete]").Click();
        page.Confirm("app.example.com");
        page.Until(() => Assert.Contains("还没有接收端", page.Markup, StringComparison.Ordinal));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Deliveries_are_filtered_and_one_is_sent_again_from_its_card()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (got, _) => Task.FromResult(got.User == 1 ? 500 : 204);
        await World.ReceiveAsync(receiver);
        await World.PublishAsync("user.created", 1);
        await World.PublishAsync("user.updated", 2);
        await receiver.UntilAsync(2);
        var failing = await World.TriedAsync((await World.DeliveriesAsync())[0].Id, 1);
        await World.TriedAsync((await World.DeliveriesAsync())[1].Id, 1);

        foreach (var (query, rows) in new[] { ("", 2), ("&state=waiting", 1), ("&state=parked", 0), ("&type=user.updated", 1), ("&q=2", 1), ("&q=nobody", 0), ("&to=5", 0) })
        {
            var list = Open<EventsPage>(Role.Operator, "?tab=deliveries" + query);
            list.Await(rows == 0 ? ".empty" : "tbody a.row-link");
            Assert.Equal(rows, list.FindAll("tbody tr").Count);
        }

        var page = Open<EventsPage>(Role.Operator, $"?tab=deliveries&card={failing.Id}");
        Assert.Contains("HTTP 500", page.Await(".side .tries").TextContent, StringComparison.Ordinal);
        receiver.Answer = (_, _) => Task.FromResult(200);
        page.On("[data-resend]").Click();
        Assert.Equal(DeliveryState.Delivered, (await World.TriedAsync(failing.Id, 2)).State);
    }

    [Fact]
    public async Task Who_only_reads_is_offered_nothing_to_do()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var made = await World.ReceiveAsync(receiver);
        await World.PublishAsync("user.created", 1);
        var delivery = (await World.AllAsync(1, DeliveryState.Delivered))[0].Id;
        var page = Open<EventsPage>(Role.ReadOnly, $"?tab=deliveries&card={delivery}");
        page.Await(".side .tries");
        Assert.Empty(page.FindAll("[data-resend]"));
        page = Open<EventsPage>(Role.ReadOnly, $"?receiver={made.Id}");
        Assert.True(page.Await("#field-Url").HasAttribute("readonly"));
        Assert.Empty(page.FindAll(".side [data-test], .side [role=switch], .side [data-rotate], .side [data-delete], .side [type=submit], .page-header .btn-primary"));
    }

    [Fact]
    public void The_samples_show_every_type_in_words_and_the_receiver_that_runs()
    {
        var page = Open<EventsPage>(Role.ReadOnly, "?tab=samples");
        Assert.Contains("hmac.compare_digest", page.Await("pre").ParentElement!.ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal(EventTypes.All.Select(t => t.Name), page.FindAll("[data-type]").Select(d => d.GetAttribute("data-type")));
        var texts = Browser.Services.GetRequiredService<IStringLocalizer<EventTexts>>();
        Assert.All(EventTypes.All, type => Assert.False(texts[$"Type_{type.Name}"].ResourceNotFound, type.Name));
        Assert.All(Enum.GetNames<FederationConsole.Platform.Outbound.OutboundFailure>(), name => Assert.False(texts[$"Failure_{name}"].ResourceNotFound, name));
    }

    [Fact]
    public async Task Each_role_may_what_it_may()
    {
        var (receivers, deliveries, here) = (World.Get<ReceiverService>(), World.Get<DeliveryService>(), World.Development.Id);
        var made = World.Value(await receivers.CreateAsync(Admin(Role.Manager), here, "https://app.example.com/events", []));
        async Task<IReadOnlyList<bool>> AllowedAsync(Role role)
        {
            var who = Admin(role);
            return
            [
                (await receivers.ListAsync(who, here)).Fault?.Kind != FaultKind.Forbidden,
                (await deliveries.FindAsync(who, here, new())).Fault?.Kind != FaultKind.Forbidden,
                (await deliveries.ResendAsync(who, here, 1)).Fault?.Kind != FaultKind.Forbidden,
                (await receivers.TestAsync(who, here, 1)).Fault?.Kind != FaultKind.Forbidden,
                (await receivers.CreateAsync(who, here, "x", [])).Fault?.Kind != FaultKind.Forbidden,
                (await receivers.SaveAsync(who, here, 1, "https://a.example", [], 1)).Fault?.Kind != FaultKind.Forbidden,
                (await receivers.SwitchAsync(who, here, 1, true)).Fault?.Kind != FaultKind.Forbidden,
                (await receivers.RotateSecretAsync(who, here, 1)).Fault?.Kind != FaultKind.Forbidden,
                (await receivers.DeleteAsync(who, here, 1)).Fault?.Kind != FaultKind.Forbidden,
            ];
        }

        Assert.Equal([true, true, false, false, false, false, false, false, false], await AllowedAsync(Role.ReadOnly));
        Assert.Equal([true, true, true, true, false, false, false, false, false], await AllowedAsync(Role.Operator));
        Assert.Equal([true, true, true, true, true, true, true, false, false], await AllowedAsync(Role.Manager));
        Assert.All(await AllowedAsync(Role.Owner), Assert.True);
        Assert.Equal(FaultKind.Forbidden, (await receivers.ListAsync(Admins.With(Role.Owner, ProjectId.Of(7)), here)).Fault?.Kind);
        Assert.Equal(FaultKind.Taken, (await receivers.CreateAsync(Actor.Host, here, "https://app.example.com/events", [])).Fault?.Kind);
        Assert.Equal(FaultKind.Changed, (await receivers.SaveAsync(Actor.Host, here, made.Id, "https://b.example", [], 9)).Fault?.Kind);
        Assert.Equal("events", (await receivers.CreateAsync(Actor.Host, here, "https://c.example", ["User.*"])).Fault?.Field);
    }

    private async Task<IReadOnlyList<ReceiverDetails>> ListAsync() => World.Value(await World.Get<ReceiverService>().ListAsync(Actor.Host, World.Development.Id));
}
