using Bunit;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Shell;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>The page over the product's own services and database; only the browser is missing.</summary>
public sealed class TransferPageTests : ShellContext
{
    [Fact]
    public async Task The_difference_comes_before_the_import()
    {
        await using var host = await HostAsync();
        var page = Page(Actor.Host);

        page.On("textarea").Change(Example.Text);
        await page.FindAll("button").First(b => b.TextContent == "查看差异").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("$.projects[demo].code", page.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Empty(host.Get<ProjectCatalog>().Environments);
        Assert.DoesNotContain("hush-", page.Find("table").TextContent, StringComparison.Ordinal);

        await page.FindAll("button").First(b => b.TextContent == "导入").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("已导入", page.Markup, StringComparison.Ordinal));
        Assert.NotNull(host.Get<ProjectCatalog>().App("a1b2c3d4e5f6"));
    }

    [Fact]
    public async Task An_uploaded_file_is_compared_at_once_and_every_fault_has_its_path()
    {
        await using var host = await HostAsync();
        var page = Page(Actor.Host);

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("""{ "projects": [{ "code": "X", "colour": 1 }] }""", "a.json"));

        page.WaitForAssertion(() => Assert.Equal(
            ["$.projects[0].code", "$.projects[0].colour", "$.projects[0].name"],
            page.FindAll("li .mono").Select(f => f.TextContent).Order(StringComparer.Ordinal)));
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task Production_takes_the_projects_code_to_be_typed()
    {
        await using var host = await HostAsync();
        await host.ImportAsync(Example.Text);
        var page = Page(Actor.Host);
        page.On("textarea").Change(Example.With(("{app}/credentials/production/origins", """["https://a.example"]""")));
        await page.FindAll("button").First(b => b.TextContent == "查看差异").ClickAsync(new());
        page.WaitForElement("table");
        await page.FindAll("button").First(b => b.TextContent == "导入").ClickAsync(new());

        Assert.True(page.Find("dialog button[type=submit]").HasAttribute("disabled"));
        Assert.Empty(host.Get<ProjectCatalog>().App("f6e5d4c3b2a1")!.Origins);
        page.On("dialog input").Input("demo");
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(["https://a.example"], host.Get<ProjectCatalog>().App("f6e5d4c3b2a1")!.Origins));
    }

    [Fact]
    public async Task What_somebody_else_changed_in_between_is_shown_again_before_it_is_done()
    {
        await using var host = await HostAsync();
        await host.ImportAsync(Example.Text);
        var page = Page(Actor.Host);
        page.On("textarea").Change(Example.With(("projects/0/name", "\"新名\"")));
        await page.FindAll("button").First(b => b.TextContent == "查看差异").ClickAsync(new());
        page.WaitForElement("table");
        await host.ImportAsync(Example.With(("{dev}/sources/0/enabled", "false")));

        await page.FindAll("button").First(b => b.TextContent == "导入").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.Contains("刚刚有人修改过", page.Markup, StringComparison.Ordinal);
        Assert.Equal("演示项目", host.Get<ProjectCatalog>().ByCorpId("1007d2ad1f8c4e00")!.ProjectName);
    }

    [Fact]
    public async Task An_export_is_shown_and_downloads()
    {
        await using var host = await HostAsync();
        await host.ImportAsync(Example.Text);
        var page = Page(Actor.Host);

        await page.FindAll("button").First(b => b.TextContent.StartsWith("导出", StringComparison.Ordinal)).ClickAsync(new());

        var link = page.WaitForElement("a[download]");
        var file = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(link.GetAttribute("href")!.Split(',')[1]));
        Assert.Equal(await host.ExportAsync("demo"), file);
        Assert.Equal("demo.json", link.GetAttribute("download"));
    }

    [Fact]
    public async Task Who_may_not_sees_why()
    {
        await using var host = await HostAsync();
        var page = Page(Imports.Administrator(new Grant(null, Role.Operator)));
        Assert.Empty(page.FindAll("textarea"));
        Assert.Empty(page.FindAll("button"));
        Assert.Contains("只有所有者可以导入", page.Markup, StringComparison.Ordinal);
    }

    private async Task<TestHost> HostAsync()
    {
        var host = await Imports.EmptyHostAsync(DatabaseKind.Sqlite);
        Services.AddSingleton(host.Get<ProjectFileImport>());
        Services.AddSingleton(host.Get<ProjectFileExport>());
        return host;
    }

    private IRenderedComponent<TransferPage> Page(Actor actor) =>
        Render<TransferPage>(page => page.AddCascadingValue(Demo with { Actor = actor }));
}
