using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Projects;

/// <summary>可用资源-官方资源-服务 (seed 003): the apps by environment; in development they are chosen and the service is opened, for both and for good.</summary>
public sealed partial class ServicePage
{
    private readonly HashSet<AppId> chosen = [];
    private IReadOnlyList<AppDetails> apps = [];
    private string? enabled;
    private Fault? fault;
    private bool asking;
    private bool busy;

    [Inject] private AppService Service { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    private List<AppDetails> Chosen => [.. apps.Where(a => a.ServiceEnabledAt is null && chosen.Contains(a.Id))];

    private bool MayChoose => !Context.Environment.IsProduction && Context.May(Role.Owner) && apps.Any(a => a.ServiceEnabledAt is null);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ListAsync(Context.Actor, Context.Project.Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        cancellationToken.ThrowIfCancellationRequested();
        apps = found.Value;
        return Outcome.Done;
    }

    private void Choose(AppId app, bool choose)
    {
        enabled = null;
        if (choose)
        {
            chosen.Add(app);
        }
        else
        {
            chosen.Remove(app);
        }
    }

    private async Task EnableAsync()
    {
        busy = true;
        var some = Chosen;
        fault = (await Service.EnableServiceAsync(Context.Actor, Context.Project.Id, [.. some.Select(a => a.Id)])).Fault;
        (busy, asking) = (false, fault is not null);
        if (fault is null)
        {
            enabled = string.Join(T["ServicePage.Comma"], some.Select(a => a.Name));
            chosen.Clear();
            await ReloadAsync();
        }
    }
}
