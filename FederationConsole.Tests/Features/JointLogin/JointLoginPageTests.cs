using AngleSharp.Dom;
using Bunit;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.JointLogin;
using FederationConsole.Platform;
using FederationConsole.Tests.Faces.OpenApi;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.JointLogin;

public sealed class JointLoginPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<ReturnAddresses>());
        Browser.Services.AddSingleton(World.Get<JointCodes>());
        Browser.Services.AddSingleton(World.Get<UserService>());
        Browser.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task Return_addresses_are_checked_as_they_are_typed_and_saved()
    {
        var page = Open<JointLoginPage>(Role.Manager);
        page.On("[data-add='returl']").Click();
        page.On("#returl-0").Input("https://a.example/?x");
        Assert.Equal("true", page.Find("#returl-0").GetAttribute("aria-invalid"));
        page.On("#returl-0").Input(JointWorld.Site);
        Assert.Null(page.Find("#returl-0").GetAttribute("aria-invalid"));
        page.On("#return-urls").Submit();
        page.Until(() => Assert.Contains("已保存", page.Find("#return-urls").TextContent, StringComparison.Ordinal));
        Assert.Equal([JointWorld.Site], World.Value(await World.Get<ReturnAddresses>().ReadAsync(Actor.Host, World.Development.Id)).Urls);
        Assert.Equal([JointWorld.Site], World.Get<FederationConsole.Features.Projects.ProjectCatalog>().Environment(World.Development.Id)!.ReturnUrls);
    }

    [Fact]
    public async Task A_link_is_made_works_once_and_stands_in_the_list()
    {
        await World.AllowReturnAsync(JointWorld.Site);
        var user = await World.RegisteredAsync("13838383388");
        var page = Open<JointLoginPage>(Role.Manager);
        page.On("#link-maker #field-who").Input("13838383388");
        page.Find("[data-find]").Closest("form")!.Submit();
        page.Until(() => Assert.Contains(user.ToString(), page.Find("#link-maker").TextContent, StringComparison.Ordinal));
        page.On("#field-target").Input("https://evil.example/");
        Assert.True(page.Find("[data-make]").HasAttribute("disabled"));
        page.On("#field-target").Input(JointWorld.Site + "x");
        page.Find("[data-make]").Closest("form")!.Submit();
        page.Until(() => Assert.Contains("/home/autoLogin.html?uid=", page.Find("#link-maker").TextContent, StringComparison.Ordinal));
        page.Until(() => Assert.Contains("待使用", page.Markup, StringComparison.Ordinal));

        var link = System.Web.HttpUtility.ParseQueryString(new Uri(page.Find("#link-maker [data-copy]").GetAttribute("data-copy")!).Query);
        (await World.AutoLoginAsync(link["uid"]!, link["code"]!, link["returl"]!)).IsDone();
        Assert.Contains("已使用", Open<JointLoginPage>(Role.ReadOnly).Await("table").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_reads_changes_and_makes_nothing()
    {
        await World.AllowReturnAsync(JointWorld.Site);
        var page = Open<JointLoginPage>(Role.ReadOnly);
        Assert.True(page.Await("#returl-0").HasAttribute("readonly"));
        Assert.Empty(page.FindAll("#link-maker"));
        var reader = Admin(Role.Operator);
        Assert.Equal(FaultKind.Forbidden, (await World.Get<ReturnAddresses>().SetAsync(reader, World.Development.Id, [], 1)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await World.Get<JointCodes>().MakeLinkAsync(reader, World.Development.Id, new(default, default, JointWorld.Site, false), new("http://localhost/"))).Fault?.Kind);
    }
}
