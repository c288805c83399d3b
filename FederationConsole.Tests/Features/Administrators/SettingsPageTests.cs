using Bunit;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.Administrators.Settings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Tests.Shell;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Administrators;

/// <summary>设置 over the real services.</summary>
public sealed class SettingsPageTests : ShellContext, IAsyncLifetime
{
    private AdminHost _admin = default!;

    public async Task InitializeAsync()
    {
        _admin = await AdminHost.StartAsync();
        Services.AddSingleton(_admin.Administrators);
        Services.AddSingleton(_admin.Settings);
        Services.AddSingleton(_admin.Host.Services.GetRequiredService<ProjectCatalog>());
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    async Task IAsyncLifetime.DisposeAsync() => await _admin.DisposeAsync();

    [Fact]
    public async Task An_owner_adds_an_administrator_and_sees_the_password_once()
    {
        var page = Open(await _admin.OwnerAsync(), "new");
        page.On("#field-Name").Change("Li Na");
        page.On("#field-Email").Change("not an address");
        await page.Find(".side form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#field-Email").GetAttribute("aria-invalid")));

        page.On("#field-Email").Change("li.na@example.com");
        page.On(".side select.role").Change(nameof(Role.Manager));
        await page.Find(".side form").SubmitAsync();

        var password = page.WaitForElement(".side .copy .mono").TextContent;
        var added = (await _admin.Administrators.ListAsync(Actor.Host)).Value!.Single(r => r.Email == "li.na@example.com");
        Assert.Equal(new Grant(null, Role.Manager), Assert.Single(added.Grants));
        page.WaitForAssertion(() => Assert.Contains("li.na@example.com", page.Find("table").TextContent, StringComparison.Ordinal));
        using var visit = new Visit(_admin);
        Assert.Equal(SignInStep.SignedIn, await visit.Flow.PasswordAsync("li.na@example.com", password));
    }

    [Fact]
    public async Task Roles_are_saved_and_somebody_elses_save_is_shown_not_overwritten()
    {
        var (id, _) = await _admin.HasAsync("li@example.com", new Grant(null, Role.ReadOnly));
        var page = Open(await _admin.OwnerAsync(), Text(id));
        page.On(".side select.role").Change(nameof(Role.Operator));
        await page.Find(".side form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(Role.Operator, RoleOf(id)));

        Assert.True((await _admin.Administrators.SetGrantsAsync(Actor.Host, id, [new(null, Role.Owner)], version: 1)).Ok);
        page.On(".side select.role").Change(nameof(Role.Manager));
        await page.Find(".side form").SubmitAsync();

        page.WaitForElement(".side .notice-bad");
        Assert.Equal(Role.Owner, RoleOf(id));
        Assert.Equal(nameof(Role.Manager), page.Find(".side select.role").GetAttribute("value"));
    }

    [Fact]
    public async Task Disabling_asks_for_the_address_to_be_typed()
    {
        var (id, _) = await _admin.HasAsync("li@example.com", new Grant(null, Role.ReadOnly));
        var page = Open(await _admin.OwnerAsync(), Text(id));

        page.On(".side footer .btn-danger").Click();
        Assert.True(page.Find("dialog .btn-danger").HasAttribute("disabled"));
        page.On("#confirm-name").Input("li@example.com");
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog")));
        Assert.NotNull((await _admin.Administrators.ListAsync(Actor.Host)).Value!.Single(r => r.Id == id).DisabledAt);
    }

    [Fact]
    public async Task Ones_own_card_offers_nothing_but_the_way_to_the_account()
    {
        var owner = await _admin.OwnerAsync();
        var page = Open(owner, owner.Id);

        Assert.Equal(AccountPaths.Mine, page.WaitForElement(".side .notice a").GetAttribute("href"));
        Assert.Empty(page.FindAll(".side footer button"));
        Assert.Empty(page.FindAll(".side select"));
    }

    [Theory]
    [InlineData(Role.Owner, null, true, true)]
    [InlineData(Role.Manager, null, false, true)]
    [InlineData(Role.ReadOnly, null, false, true)]
    [InlineData(Role.Owner, 1L, false, false)]
    public void Each_sees_what_the_role_allows(Role role, long? project, bool administrators, bool health)
    {
        var page = Open(new(ActorKind.Administrator, "99", "who", null, null) { Grants = [new(project, role)] }, card: null);

        if (health)
        {
            page.WaitForElement("#health");
        }

        Assert.Equal((administrators, administrators, health), (page.FindAll("#administrators").Count > 0, page.FindAll("#policy").Count > 0, page.FindAll("#health").Count > 0));
        Assert.Equal(AccountPaths.Mine, page.Find(".panel a.btn").GetAttribute("href"));
    }

    [Fact]
    public async Task The_policy_is_saved()
    {
        var page = Open(await _admin.OwnerAsync(), card: null);

        page.On("section[aria-labelledby=policy] input[type=checkbox]").Change(true);
        await page.Find("section[aria-labelledby=policy] form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("已保存", page.Find("section[aria-labelledby=policy]").TextContent, StringComparison.Ordinal));
        Assert.Equal(new PolicyDetails(true, null, 1), (await _admin.Settings.PolicyAsync(Actor.Host)).Value);
    }

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Role RoleOf(long id) => Assert.Single(_admin.Administrators.ListAsync(Actor.Host).GetAwaiter().GetResult().Value!.Single(r => r.Id == id).Grants).Role;

    private IRenderedComponent<SettingsPage> Open(Actor actor, string? card)
    {
        IReadOnlyList<ConsoleProject> projects = [Demo.Project];
        Services.GetRequiredService<NavigationManager>().NavigateTo(card is null ? "/settings" : $"/settings?card={card}");
        return Render<SettingsPage>(parameters => parameters
            .AddCascadingValue(actor)
            .AddCascadingValue(projects));
    }
}
