using AngleSharp.Dom;
using Bunit;
using FederationConsole.Features.Workbench;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Workbench;

/// <summary>What the page lists and fills. What it sends, the browser sends (WorkbenchStory).</summary>
public sealed class WorkbenchPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<ApiDocuments>());
        Browser.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Every_endpoint_of_every_face_is_listed_and_found_by_name_and_path()
    {
        var all = World.Get<ApiDocuments>().Faces;
        var page = Open<WorkbenchPage>(Role.ReadOnly);
        page.Await(".list a");
        Assert.Equal(all.Sum(face => face.Operations.Count), page.FindAll(".list a").Count);
        Assert.Equal(all.Select(face => face.Title), page.FindAll(".list nav").Select(face => face.GetAttribute("aria-label")));
        Assert.Equal(all.SelectMany(face => face.Operations).Count(), all.SelectMany(face => face.Operations).DistinctBy(operation => operation.Id).Count());

        Assert.Equal(["第三方用户登录", "国外第三方用户登录"], Titles("?q=user_auth_third"));
        Assert.Equal(["C端账号创建"], Titles("?q=C端"));
        Assert.Contains("没有符合的接口", Open<WorkbenchPage>(Role.ReadOnly, "?q=nothing").Await(".list").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_has_the_documents_fields_and_the_variables_are_the_apps()
    {
        var page = Open<WorkbenchPage>(Role.Operator, "?op=iot.postBindThird&app=shop");
        page.Await("[data-operation]");
        Assert.Equal("/v2/user/{user_id}/bind_third", page.Find("[data-operation]").GetAttribute("data-path"));
        Assert.Equal("{{user_token}}", page.Find("[data-in=header][data-name=Access-Token]").GetAttribute("value"));
        Assert.Equal("{{user_id}}", page.Find("[data-in=path][data-name=user_id]").GetAttribute("value"));
        Assert.Contains("\"open_id\": \"{{qq_open_id}}\"", page.Find("[data-body]").TextContent, StringComparison.Ordinal);
        Assert.Contains("4001109 用户已绑定该第三方账号", page.Find(".answers").TextContent, StringComparison.Ordinal);
        // The sandbox's person is a press away in Development.
        Assert.Contains("/sandbox/qq/issue", page.Find("[data-prepare]").GetAttribute("data-prepare"), StringComparison.Ordinal);

        Assert.Equal(World.AppKey, page.Find("[data-known=app_key]").GetAttribute("data-value"));
        Assert.Equal(World.Development.CorpId, page.Find("[data-known=corp_id]").GetAttribute("data-value"));
        // Nothing that is typed is bound: a secret would travel to the server.
        var secret = page.Find("[data-typed=app_secret]");
        Assert.Equal("password", secret.GetAttribute("type"));
        Assert.DoesNotContain(secret.Attributes, attribute => attribute.Name.StartsWith("blazor:", StringComparison.Ordinal));
        Assert.DoesNotContain(World.Secrets, secret => page.Markup.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Who_only_reads_looks_and_sends_nothing()
    {
        var page = Open<WorkbenchPage>(Role.ReadOnly, "?op=iot.postUserAuthThird");
        page.Await("[data-curl]");
        Assert.Empty(page.FindAll("[data-send-call], [data-prepare]"));
        Assert.DoesNotContain("这里是生产环境", page.Markup, StringComparison.Ordinal);

    }

    [Fact]
    public void Production_says_that_it_is_and_calls_with_its_own_key()
    {
        var production = Open<WorkbenchPage>(Role.Operator, "?op=iot.postUserAuthThird", EnvironmentKind.Production);
        production.Await("[data-send-call]");
        Assert.Contains("这里是生产环境", production.Markup, StringComparison.Ordinal);
        Assert.Equal(World.ProductionAppKey, production.Find("[data-known=app_key]").GetAttribute("data-value"));
    }

    private string[] Titles(string query)
    {
        var page = Open<WorkbenchPage>(Role.ReadOnly, query);
        page.Await(".list a");
        return [.. page.FindAll(".list a .truncate").Select(title => title.TextContent)];
    }
}
