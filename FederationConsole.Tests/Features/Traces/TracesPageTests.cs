using Bunit;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FederationConsole.Tests.Features.Traces;

public sealed class TracesPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<TraceService>());
        Browser.Services.AddSingleton(World.Get<FederationConsole.Features.QrLogin.QrReader>());
        Browser.Services.AddSingleton(World.Get<SignInTraces>());
        Browser.Services.AddSingleton(World.Get<IOptions<TraceOptions>>());
    }

    [Fact]
    public void Before_the_first_login_it_says_what_to_do() =>
        Assert.Contains("先配置一个来源", Open<TracesPage>(Role.ReadOnly).Await(".empty").TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task The_list_masks_open_ids_and_the_card_tells_the_story()
    {
        await World.LoginAsync("open-id-of-ming");
        await World.PostAsync("/v2/user_auth_third", new { source = 10, corp_id = World.Development.CorpId, open_id = "open-id-of-ming", access_token = "wrong" });
        await World.Get<SignInTraces>().FlushAsync();

        var page = Open<TracesPage>(Role.ReadOnly);
        page.Await("tbody a.row-link");
        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.DoesNotContain("open-id-of-ming", page.Markup, StringComparison.Ordinal);
        Assert.Contains("ope***ing", page.Markup, StringComparison.Ordinal);

        page = Open<TracesPage>(Role.ReadOnly, "?outcome=failed&q=open-id-of-ming");
        page.Await("tbody a.row-link");
        var row = Assert.Single(page.FindAll("tbody tr"));
        var card = page.Find("a.row-link").GetAttribute("href")!;
        page = Open<TracesPage>(Role.ReadOnly, new Uri(card).Query);
        var story = page.Await(".side .steps").TextContent;
        Assert.Contains("第三方拒绝，代码 4030001：token invalid", story, StringComparison.Ordinal);
        Assert.Contains("open-id-of-ming", page.Find(".side").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_says_so()
    {
        await World.LoginAsync("ming");
        await World.Get<SignInTraces>().FlushAsync();
        Assert.Contains("没有符合条件的记录", Open<TracesPage>(Role.ReadOnly, "?q=nobody").Await(".empty").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(Open<TracesPage>(Role.ReadOnly, "?card=5").Await(".side").TextContent);
    }
}
