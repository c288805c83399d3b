using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace FederationConsole.Shell;

/// <summary>The frame around every console page: bar, navigation, production band. It turns the address into a <see cref="ConsoleContext"/>.</summary>
public sealed partial class ConsoleLayout : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Actor? actor;
    private IReadOnlyList<ConsoleProject> projects = [];
    private ConsolePlace place;
    private ConsoleContext? context;
    private string guard = "";

    [Inject] private IConsoleDirectory Projects { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;

    /// <summary>The router has a project's page to show, and its context is still being read (the first page leads to a project).</summary>
    private bool IsAhead => context is null && ConsolePlace.Parse(Navigate.ToBaseRelativePath(Navigate.Uri)).Project is not null;

    protected override async Task OnInitializedAsync()
    {
        Navigate.LocationChanged += Follow;
        var state = await Authentication.GetAuthenticationStateAsync();
        actor = await Projects.ActorAsync(state.User, stop.Token);
        await PlaceAsync();
    }

    private async Task PlaceAsync()
    {
        place = ConsolePlace.Parse(Navigate.ToBaseRelativePath(Navigate.Uri));
        // An error belongs to the page where it happened: another page starts without it, a filter of the same page does not.
        guard = Navigate.ToBaseRelativePath(Navigate.Uri).Split('?', '#')[0];
        if (place.Project is null && context is not null)
        {
            // A page above projects keeps the project that one came from in the bar.
            return;
        }

        context = place.In(actor!, projects);
        if (context is null)
        {
            // The first page, or a project that was just created, here or by somebody else.
            projects = await Projects.ProjectsAsync(actor!, stop.Token);
            context = place.In(actor!, projects);
        }
    }

    private void Follow(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (actor is not null && !stop.IsCancellationRequested)
        {
            await PlaceAsync();
            StateHasChanged();
        }
    });

    public void Dispose()
    {
        Navigate.LocationChanged -= Follow;
        stop.Cancel();
        stop.Dispose();
    }
}
