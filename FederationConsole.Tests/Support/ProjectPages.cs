using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Features.VendorAccounts.Conformance;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FederationConsole.Tests.Support;

/// <summary>Console pages in bunit, over the services of a real host with a project: what a page does is done, not mocked.</summary>
public abstract class ProjectPages : IAsyncLifetime
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    internal World World { get; private set; } = null!;

    /// <summary>Waits longer than bunit does by itself: the machine of a test run is a busy one.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public BunitContext Browser { get; } = new();

    public virtual async Task InitializeAsync()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        World = await World.CreateAsync(DatabaseKind.Sqlite);
        Browser.Services.AddLocalization();
        Browser.Services.AddLogging();
        Browser.Services.AddSingleton(World.Get<TimeProvider>());
        Browser.Services.AddSingleton(World.Get<IHostEnvironment>());
        Browser.Services.AddSingleton(World.Get<ProjectCatalog>());
        Browser.Services.AddSingleton(World.Get<ProjectService>());
        Browser.Services.AddSingleton(World.Get<AppService>());
        Browser.Services.AddSingleton(World.Get<SourceService>());
        Browser.Services.AddSingleton(World.Get<ConformanceService>());
    }

    public async Task DisposeAsync()
    {
        CultureInfo.CurrentUICulture = _before;
        await Browser.DisposeAsync();
        await World.DisposeAsync();
    }

    /// <summary>An administrator with one role for the world's project.</summary>
    internal Actor Admin(Role role) => Admins.With(role, World.Development.ProjectId);

    /// <summary>Where an administrator of this role stands.</summary>
    internal ConsoleContext Stand(Role role, EnvironmentKind environment = EnvironmentKind.Development)
    {
        var project = new ConsoleProject(World.Development.ProjectId, World.Development.ProjectCode, World.Development.ProjectName,
            new(World.Development.Id, EnvironmentKind.Development), new(World.Production.Id, EnvironmentKind.Production));
        return new ConsoleContext(Admin(role), project, environment == EnvironmentKind.Development ? project.Development : project.Production);
    }

    /// <summary>Opens a page at an address below the project's, as this role.</summary>
    internal IRenderedComponent<TPage> Open<TPage>(Role role, string query = "", EnvironmentKind environment = EnvironmentKind.Development)
        where TPage : IComponent
    {
        var context = Stand(role, environment);
        Browser.Services.GetRequiredService<NavigationManager>().NavigateTo(context.Link("page") + query);
        Browser.RenderTree.TryAdd<CascadingValue<ConsoleContext>>(with => with.Add(v => v.Value, context));
        Browser.RenderTree.TryAdd<CascadingValue<Actor>>(with => with.Add(v => v.Value, context.Actor));
        return Browser.Render<TPage>();
    }
}

internal static class Admins
{
    public static Actor With(Role role, ProjectId? project) =>
        new(ActorKind.Administrator, "7", "Test", "192.0.2.1", "test") { Grants = [new(project?.Value, role)] };
}

internal static class Rendered
{
    /// <summary>The element, once it is there.</summary>
    public static IElement Await(this IRenderedComponent<IComponent> page, string selector)
    {
        page.WaitForElement(selector, ProjectPages.Patience);
        return page.Find(selector);
    }

    /// <summary>The element to act on, waited for.</summary>
    public static Target On(this IRenderedComponent<IComponent> page, string selector) => new(page, selector);

    /// <summary>Types the name that a dangerous action asks for and presses its button.</summary>
    public static void Confirm(this IRenderedComponent<IComponent> page, string name)
    {
        page.On("#confirm-name").Input(name);
        page.On("dialog form").Submit();
    }

    public static void Until(this IRenderedComponent<IComponent> page, Action holds) => page.WaitForAssertion(holds, ProjectPages.Patience);
}

/// <summary>
/// What a person acts on. It is found and used in one turn of the renderer: a page that draws itself anew in between, as one that
/// follows signals does, would have another handler by then.
/// </summary>
internal readonly record struct Target(IRenderedComponent<IComponent> Page, string Selector)
{
    public void Click() => Do(element => element.Click());

    public void Change<T>(T value) => Do(element => element.Change(value));

    public void Input(string value) => Do(element => element.Input(value));

    public void Submit() => Do(element => element.Submit());

    private void Do(Action<IElement> act)
    {
        var (page, selector) = (Page, Selector);
        page.Await(selector);
        page.InvokeAsync(() => act(page.Find(selector))).GetAwaiter().GetResult();
    }
}
