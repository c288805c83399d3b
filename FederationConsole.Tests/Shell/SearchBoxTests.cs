using Bunit;
using FederationConsole.Shell;
using FederationConsole.Shell.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Shell;

public sealed class SearchBoxTests : ShellContext
{
    private readonly Hits _hits = new();

    public SearchBoxTests()
    {
        Services.AddSingleton<ISearchSource>(_hits);
        Services.AddSingleton<ISearchSource>(new Broken());
    }

    [Fact]
    public void It_asks_once_after_the_last_key()
    {
        var box = Open("l", "li", "li na");
        Assert.Equal(["li na"], _hits.Asked);
        Assert.Equal(2, box.FindAll("[role=option]").Count);
    }

    [Fact]
    public void One_letter_is_too_little()
    {
        Open("l");
        Assert.Empty(_hits.Asked);
    }

    [Fact]
    public void Arrows_go_around_and_enter_goes_there()
    {
        var box = Open("li");
        Assert.Equal("search-hit-0", Input(box).GetAttribute("aria-activedescendant"));
        Press(box, "ArrowUp");
        Assert.Equal("search-hit-1", Input(box).GetAttribute("aria-activedescendant"));
        Press(box, "ArrowDown");
        Press(box, "ArrowDown");
        Assert.Equal("true", box.Find("#search-hit-1").GetAttribute("aria-selected"));
        Press(box, "Enter");

        Assert.EndsWith("/p/demo/development/two", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("false", Input(box).GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Escape_closes_and_nothing_found_is_said()
    {
        var box = Open("nobody");
        Assert.Contains("没有找到“nobody”", box.Find(".none").TextContent, StringComparison.Ordinal);
        Press(box, "Escape");
        Assert.Equal("false", Input(box).GetAttribute("aria-expanded"));
    }

    private IRenderedComponent<SearchBox> Open(params string[] keys)
    {
        var box = Render<SearchBox>(with => with.Add(s => s.Context, Demo));
        foreach (var key in keys)
        {
            Input(box).Input(key);
            Clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Clock.Advance(TimeSpan.FromMilliseconds(200));
        box.WaitForAssertion(() => Assert.DoesNotContain("正在搜索", box.Markup, StringComparison.Ordinal));
        return box;
    }

    private static AngleSharp.Dom.IElement Input(IRenderedComponent<SearchBox> box) => box.Find("input");

    private static void Press(IRenderedComponent<SearchBox> box, string key) => Input(box).KeyDown(new KeyboardEventArgs { Key = key });

    private sealed class Hits : ISearchSource
    {
        public List<string> Asked { get; } = [];

        public Task<IReadOnlyList<SearchHit>> FindAsync(ConsoleContext context, string text, CancellationToken cancellationToken)
        {
            Asked.Add(text);
            return Task.FromResult<IReadOnlyList<SearchHit>>(text == "nobody" ? [] :
                [new("", "one", "", context.Link("one"), "user"), new("", "two", "", context.Link("two"), "app")]);
        }
    }

    /// <summary>A source that breaks costs only its own hits.</summary>
    private sealed class Broken : ISearchSource
    {
        public Task<IReadOnlyList<SearchHit>> FindAsync(ConsoleContext context, string text, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("broken");
    }
}
