using Bunit;
using FederationConsole.Shell.Components;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Shell;

public sealed class ConfirmByNameTests : ShellContext
{
    private int _confirmed;

    private IRenderedComponent<ConfirmByName> Ask() => Render<ConfirmByName>(with => with
        .Add(c => c.Open, true).Add(c => c.Title, "t").Add(c => c.Name, "demo").Add(c => c.Action, "a")
        .Add(c => c.OnConfirm, () => _confirmed++).AddChildContent("what will happen"));

    [Fact]
    public void Only_the_exact_name_opens_the_button()
    {
        var dialog = Ask();
        foreach (var wrong in (string[])["", "dem", "Demo", "demo2"])
        {
            dialog.On("#confirm-name").Input(wrong);
            Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"), wrong);
            dialog.On("form").Submit();
        }

        Assert.Equal(0, _confirmed);
        dialog.On("#confirm-name").Input(" demo ");
        Assert.False(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        dialog.On("form").Submit();
        Assert.Equal(1, _confirmed);
    }

    [Fact]
    public void A_second_press_while_the_first_works_does_nothing()
    {
        var dialog = Ask();
        dialog.On("#confirm-name").Input("demo");
        dialog.Render(with => with.Add(c => c.Busy, true));
        dialog.On("form").Submit();
        Assert.Equal(0, _confirmed);
    }

    [Fact]
    public void Asked_again_it_starts_empty()
    {
        var dialog = Ask();
        dialog.On("#confirm-name").Input("demo");
        dialog.Render(with => with.Add(c => c.Open, false));
        dialog.Render(with => with.Add(c => c.Open, true));
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
    }
}
