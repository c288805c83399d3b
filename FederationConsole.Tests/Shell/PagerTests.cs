using Bunit;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Shell;

public sealed class PagerTests : ShellContext
{
    private IRenderedComponent<Pager> Show(int page, int size, long total) =>
        Render<Pager>(with => with.Add(p => p.Page, page).Add(p => p.PageSize, size).Add(p => p.Total, total));

    [Fact]
    public void Pages_are_links_that_keep_the_filters()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/p/demo/development/users?q=li&page=2");
        var pager = Show(2, 50, 1_000_001);

        Assert.Equal("第 51–100 条，共 1,000,001 条", pager.Find("nav > span").TextContent);
        Assert.Equal("2 / 20,001 页", pager.Find("[aria-current=page]").TextContent);
        Assert.EndsWith("users?q=li", pager.Find("a.back").GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("users?q=li&page=3", pager.Find("a.on").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_way_past_the_first_and_the_last_page()
    {
        var pager = Show(1, 50, 50);
        Assert.Empty(pager.FindAll("a"));
        Assert.Equal(2, pager.FindAll("[aria-disabled=true]").Count);
    }

    [Fact]
    public void The_last_page_ends_where_the_list_does() =>
        Assert.Equal("第 51–53 条，共 53 条", Show(2, 50, 53).Find("nav > span").TextContent);

    [Fact]
    public void An_empty_list_has_no_pages() => Assert.Equal("", Show(1, 50, 0).Markup.Trim());
}
