using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Messages;

public sealed class MessagesPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<MessageService>());
        Browser.Services.AddSingleton(World.Get<Signals>());
    }

    private async Task<MessageDetails> DetailsAsync(MessageChannel channel, EnvironmentEntry? environment = null) =>
        World.Value(await World.Get<MessageService>().ListAsync(Actor.Host, (environment ?? World.Development).Id)).Single(d => d.Channel == channel);

    [Fact]
    public async Task The_inbox_shows_what_was_sent_and_the_day_counts_it()
    {
        await World.PostAsync("/v2/user_register/verifycode", new { corp_id = World.Development.CorpId, phone = "13838383388" });
        await World.PostAsync("/v2/user_register/email_verifycode", new { corp_id = World.Development.CorpId, email = "li@example.com" });

        var page = Open<MessagesPage>(Role.Operator);
        page.Until(() => Assert.Contains("+8613838383388", page.Markup, StringComparison.Ordinal));
        Assert.Contains((await World.CodeAsync("+8613838383388"))!, page.Markup, StringComparison.Ordinal);
        Assert.Contains("1 / 10000", page.Find("[data-channel=Sms]").TextContent, StringComparison.Ordinal);
        Assert.Contains("¥0.05 / ¥500.00", page.Find("[data-channel=Sms]").TextContent, StringComparison.Ordinal);

        var filtered = Open<MessagesPage>(Role.Operator, "?kind=mail");
        filtered.Until(() => Assert.Contains("li@example.com", filtered.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("+8613838383388", filtered.Markup, StringComparison.Ordinal);
        var found = Open<MessagesPage>(Role.Operator, "?q=13838383388");
        found.Until(() => Assert.Contains("+8613838383388", found.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("li@example.com", found.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_only_reads_sees_no_message_and_no_button()
    {
        await World.PostAsync("/v2/user_register/verifycode", new { corp_id = World.Development.CorpId, phone = "13838383388" });

        var page = Open<MessagesPage>(Role.ReadOnly, "?channel=sms");
        page.Await(".side");

        Assert.DoesNotContain("+8613838383388", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".side button[type=submit]"));
        var (service, id) = (World.Get<MessageService>(), World.Development.Id);
        Assert.Equal(FaultKind.Forbidden, (await service.InboxAsync(Admin(Role.ReadOnly), id, new())).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await service.TryAsync(Admin(Role.Operator), id, MessageChannel.Sms, "13838383388", default)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await service.SaveAsync(Admin(Role.Operator), id, new(MessageChannel.Sms, MessageProvider.Inbox, new Dictionary<string, string>(), new Dictionary<string, string?>(), 0))).Fault?.Kind);
    }

    [Fact]
    public void Production_without_a_provider_says_that_nothing_can_be_sent()
    {
        var page = Open<MessagesPage>(Role.Manager, environment: EnvironmentKind.Production);
        Assert.Contains("无法发送", page.Await("[data-channel=Sms]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_is_set_up_and_its_token_never_comes_out()
    {
        const string token = "a-token-of-the-gateway";
        var page = Open<MessagesPage>(Role.Manager, "?channel=sms");
        page.On("#field-provider").Change("Http");
        page.On("#field-url").Input("ftp://example.com");
        Assert.Equal("true", page.Find("#field-url").GetAttribute("aria-invalid"));
        page.On("#field-url").Input("https://gateway.example.com/sms");
        page.On("#field-token").Input(token);
        page.On("#field-text").Input("没有占位符");
        page.On(".side form").Submit();
        page.Until(() => Assert.NotEmpty(page.FindAll(".side .notice-bad")));
        Assert.Null((await DetailsAsync(MessageChannel.Sms)).Provider);

        page.On("#field-text").Input("码 {code}");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("已保存", page.Find(".side form").TextContent, StringComparison.Ordinal));

        Assert.DoesNotContain(token, page.Markup, StringComparison.Ordinal);
        Assert.Equal("已设置", page.Find("#field-token").GetAttribute("placeholder"));
        var saved = await DetailsAsync(MessageChannel.Sms);
        Assert.Equal((MessageProvider.Http, "码 {code}", "token"), (saved.Provider, saved.Settings["text"], saved.SecretsSet.Single()));
        Assert.Null((await DetailsAsync(MessageChannel.Mail)).Provider);

        page.On("#field-provider").Change("Inbox");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("已保存", page.Find(".side form").TextContent, StringComparison.Ordinal));
        Assert.Empty((await DetailsAsync(MessageChannel.Sms)).SecretsSet);
    }

    [Fact]
    public async Task A_test_is_sent_by_what_is_saved_and_explained()
    {
        var page = Open<MessagesPage>(Role.Manager, "?channel=mail");
        page.On("#field-target").Input("Li@Example.com");
        page.On("[data-try]").Click();
        page.Until(() => Assert.Contains("已收下", page.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.Equal("123456", await World.CodeAsync("li@example.com"));

        page.On("#field-target").Input("nobody");
        page.On("[data-try]").Click();
        page.Until(() => Assert.Equal("true", page.Find("#field-target").GetAttribute("aria-invalid")));
    }

    [Fact]
    public async Task Somebody_elses_save_is_shown_beside_ones_own()
    {
        var page = Open<MessagesPage>(Role.Manager, "?channel=sms");
        page.On("#field-text").Input("我的 {code}");
        World.Done(await World.Get<MessageService>().SaveAsync(Actor.Host, World.Development.Id,
            new(MessageChannel.Sms, MessageProvider.Inbox, new Dictionary<string, string> { ["text"] = "别人的 {code}" }, new Dictionary<string, string?>(), 0)));

        page.On(".side form").Submit();
        page.On("[data-mine]").Click();

        page.Until(() => Assert.Contains("已保存", page.Find(".side form").TextContent, StringComparison.Ordinal));
        Assert.Equal("我的 {code}", (await DetailsAsync(MessageChannel.Sms)).Settings["text"]);
    }
}
