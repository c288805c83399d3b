using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Administrators.Settings;

/// <summary>This host as it runs now.</summary>
public sealed partial class HealthSection
{
    private HostHealth? health;
    private Fault? fault;

    [Inject] private HostService Host { get; set; } = default!;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Host.HealthAsync(Actor);
        (health, fault) = (read.Value, read.Fault);
    }
}
