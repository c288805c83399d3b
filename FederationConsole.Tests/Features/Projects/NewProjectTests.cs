using Bunit;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Projects;

public sealed class NewProjectTests : ProjectPages
{
    [Fact]
    public void An_owner_of_all_projects_makes_one_and_is_led_to_it()
    {
        var page = Render(Admins.With(Role.Owner, null));
        page.On("#field-Code").Input("1st");
        Assert.Equal("true", page.Find("#field-Code").GetAttribute("aria-invalid"));
        page.On("#field-Code").Input("second");
        page.On("#field-Name").Input("第二个");
        page.On("form").Submit();
        var navigation = Browser.Services.GetRequiredService<NavigationManager>();
        page.Until(() => Assert.Equal("p/second/development/overview", navigation.ToBaseRelativePath(navigation.Uri)));
        Assert.NotNull(World.Get<ProjectCatalog>().Environment("second", EnvironmentKind.Production));
    }

    [Fact]
    public void A_code_that_is_taken_is_told_at_its_field()
    {
        var page = Render(Admins.With(Role.Owner, null));
        page.On("#field-Code").Input("acme");
        page.On("#field-Name").Input("x");
        page.On("form").Submit();
        page.Until(() => Assert.Contains("已被占用", page.Find("#field-Code-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void An_owner_of_one_project_is_told_whom_to_ask()
    {
        var page = Render(Admin(Role.Owner));
        Assert.Empty(page.FindAll("form"));
        Assert.Contains("所有者", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<NewProject> Render(Actor actor) => Browser.Render<NewProject>(with => with.AddCascadingValue(actor));
}
