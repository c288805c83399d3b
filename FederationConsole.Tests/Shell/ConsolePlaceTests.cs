using FederationConsole.Platform;
using FederationConsole.Shell;

namespace FederationConsole.Tests.Shell;

public sealed class ConsolePlaceTests : ShellContext
{
    [Theory]
    [InlineData("p/demo/development/users", "development", "users")]
    [InlineData("p/demo/production/users/7?q=p/x/y#z", "production", "users")]
    [InlineData("p/DEMO/production", "production", "")]
    public void An_address_names_project_environment_and_page(string address, string environment, string page)
    {
        var place = ConsolePlace.Parse(address);
        var context = place.In(Actor.Host, [Demo.Project]);

        Assert.Equal((environment, page), (context?.Environment.Segment, place.Page));
    }

    [Theory]
    [InlineData("p/other/development/users")]
    [InlineData("p/demo/staging/users")]
    [InlineData("p/demo")]
    [InlineData("account")]
    [InlineData("")]
    public void Anything_else_names_none(string address) => Assert.Null(ConsolePlace.Parse(address).In(Actor.Host, [Demo.Project]));

    [Fact]
    public void A_link_leads_back_to_where_it_was_made()
    {
        var production = Demo.In(Demo.Project.Production);
        Assert.Equal(production, ConsolePlace.Parse(production.Link("users")).In(Actor.Host, [Demo.Project]));
    }
}
