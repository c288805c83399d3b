using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.JointLogin;

/// <summary>Makes a real link, good once and for five minutes. Whoever opens it is that user.</summary>
public sealed partial class LinkMaker
{
    private const int Shown = 5;

    private IReadOnlyList<AppEntry> apps = [];
    private IReadOnlyList<UserRow>? found;
    private UserId? chosen;
    private string who = "";
    private string? app;
    private string target = "";
    private string? link;
    private Fault? fault;
    private bool inFragment;
    private bool busy;

    [Inject] private JointCodes Codes { get; set; } = default!;
    [Inject] private UserService Users { get; set; } = default!;
    [Inject] private ProjectCatalog Projects { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    /// <summary>The return addresses as they are saved.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<string> Bases { get; set; }

    [Parameter, EditorRequired] public EventCallback OnMade { get; set; }

    private bool IsWrong => target.Length > 0 && ReturnUrls.Find(Bases, target.Trim()) is null;

    protected override void OnParametersSet()
    {
        apps = [.. Projects.Apps(Context.Environment.Id).Where(a => a.ServiceEnabled).OrderBy(a => a.Name, StringComparer.Ordinal)];
        app = apps.Any(a => a.AppKey == app) ? app : (apps.Count > 0 ? apps[0].AppKey : null);
        target = target.Length == 0 && Bases.Count > 0 ? Bases[0] : target;
    }

    private void Clear() => (link, fault) = (null, null);

    private void Choose(UserId user)
    {
        chosen = user;
        Clear();
    }

    private async Task SearchAsync()
    {
        var rows = await Users.FindAsync(Context.Actor, Context.Environment.Id, who, Shown, CancellationToken.None);
        (found, fault, link) = (rows.Ok ? rows.Value : [], rows.Fault, null);
        chosen = found is [var only] ? only.Id : null;
    }

    private async Task MakeAsync()
    {
        if (busy || chosen is not { } user || app is null || Projects.App(app) is not { } entry)
        {
            return;
        }

        busy = true;
        var made = await Codes.MakeLinkAsync(Context.Actor, Context.Environment.Id, new(entry.Id, user, target.Trim(), inFragment), new Uri(Navigate.BaseUri));
        (busy, link, fault) = (false, made.Value, made.Fault);
        await OnMade.InvokeAsync();
    }
}
