using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Projects;

/// <summary>开启服务 as seed 003 walks it.</summary>
public sealed class ServicePageTests : ProjectPages
{
    private bool IsOpen(string code, EnvironmentKind kind) =>
        World.Get<ProjectCatalog>().Apps((kind == EnvironmentKind.Development ? World.Development : World.Production).Id).Single(a => a.Code == code).ServiceEnabled;

    [Fact]
    public async Task Several_apps_are_chosen_confirmed_and_open_in_both_environments()
    {
        World.Value(await World.Get<AppService>().CreateAsync(Actor.Host, World.Development.ProjectId, "pos", "收银"));
        var page = Open<ServicePage>(Role.Owner);
        page.On("[data-app=crm] input").Change(true);
        page.On("[data-app=pos] input").Change(true);
        Assert.Empty(page.FindAll("[data-app=shop] input"));
        page.On("[data-open]").Click();
        var asked = page.Await("dialog").TextContent;
        Assert.Contains("生产环境立即可以登录", asked, StringComparison.Ordinal);
        Assert.Contains("无法关闭", asked, StringComparison.Ordinal);
        page.Confirm("acme");

        page.Until(() => Assert.Contains("已为 ", page.Markup, StringComparison.Ordinal));
        Assert.All(["crm", "pos"], code => Assert.True(IsOpen(code, EnvironmentKind.Development) && IsOpen(code, EnvironmentKind.Production)));
        Assert.Equal(["crm", "pos", "shop"], await World.Get<Store>().ReadAsync(Scope.Host, db =>
            db.Set<AuditLine>().Where(l => l.Action == "app.service_enabled").Select(l => l.SubjectId).OrderBy(s => s).ToListAsync()));
        // Said first, then the list is read anew.
        page.Until(() => Assert.Empty(page.FindAll("[data-open]")));
        Assert.Equal("/p/acme/development/vendor-accounts?app=crm", page.FindAll("[data-app=crm] a")[^1].GetAttribute("href"));
    }

    [Fact]
    public void Production_shows_what_is_open_and_changes_nothing()
    {
        var page = Open<ServicePage>(Role.Owner, environment: EnvironmentKind.Production);
        Assert.Contains("已开启", page.Await("[data-app=shop]").TextContent, StringComparison.Ordinal);
        Assert.Contains("未开启", page.Find("[data-app=crm]").TextContent, StringComparison.Ordinal);
        Assert.Contains(World.ProductionAppKey, page.Find("[data-app=shop]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input, [data-open]"));
        Assert.Equal("生产环境", page.Find(".tabs [aria-current]").TextContent);
        Assert.Equal(["开发环境", "生产环境"], page.FindAll(".tabs a").Select(a => a.TextContent));
    }

    [Fact]
    public void Only_an_owner_chooses()
    {
        var page = Open<ServicePage>(Role.Manager);
        page.Await("[data-app=crm]");
        Assert.Empty(page.FindAll("input, [data-open]"));
        Assert.Contains("只有所有者可以开启", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_app_the_page_leads_to_creating_one()
    {
        var made = World.Value(await World.Get<ProjectService>().CreateAsync(Actor.Host, "empty", "空项目"));
        var catalog = World.Get<ProjectCatalog>();
        var (development, production) = (catalog.Environment("empty", EnvironmentKind.Development)!, catalog.Environment("empty", EnvironmentKind.Production)!);
        var project = new FederationConsole.Shell.ConsoleProject(made, "empty", "空项目", new(development.Id, EnvironmentKind.Development), new(production.Id, EnvironmentKind.Production));
        var page = Browser.Render<ServicePage>(p => p.AddCascadingValue(new FederationConsole.Shell.ConsoleContext(Admins.With(Role.Owner, made), project, project.Development)));
        Assert.Equal("/p/empty/development/apps?new=app", page.Await(".empty a").GetAttribute("href"));
    }

    [Theory, BothDatabases]
    public async Task Several_open_in_one_write_or_none(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (apps, project) = (world.Get<AppService>(), world.Development.ProjectId);
        var other = World.Value(await world.Get<ProjectService>().CreateAsync(Actor.Host, "other", "x"));
        var theirs = World.Value(await apps.CreateAsync(Actor.Host, other, "their", "x")).Id;
        var idle = World.Value(await apps.ListAsync(Actor.Host, project)).Single(a => a.Code == "crm");

        Assert.Equal(FaultKind.NotFound, (await apps.EnableServiceAsync(Actor.Host, project, idle.Id, theirs)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await apps.EnableServiceAsync(Actor.Host, project)).Fault?.Kind);
        Assert.False(world.Get<ProjectCatalog>().App(idle.Id, world.Development.Id)!.ServiceEnabled);
        World.Done(await apps.EnableServiceAsync(Actor.Host, project, idle.Id, idle.Id));
        Assert.True(world.Get<ProjectCatalog>().App(idle.Id, world.Production.Id)!.ServiceEnabled);

        // Again: nothing changes, and nothing is said to have changed.
        var at = World.Value(await apps.ListAsync(Actor.Host, project)).Single(a => a.Code == "crm").ServiceEnabledAt;
        world.Host.Time.Advance(TimeSpan.FromHours(1));
        World.Done(await apps.EnableServiceAsync(Actor.Host, project, idle.Id));
        Assert.Equal(at, World.Value(await apps.ListAsync(Actor.Host, project)).Single(a => a.Code == "crm").ServiceEnabledAt);
        Assert.Equal(1, await world.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().CountAsync(l => l.Action == "app.service_enabled" && l.SubjectId == "crm")));
    }
}
