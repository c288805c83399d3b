using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Projects;

/// <summary>Key and secrets of an app in one environment.</summary>
public sealed partial class AppKeys
{
    private string? fresh;
    private SecretDetails? retiring;
    private Fault? fault;
    private bool busy;

    [Inject] private AppService Service { get; set; } = default!;
    [Inject] private ProjectCatalog Catalog { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Texts { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required CredentialDetails Credential { get; set; }

    /// <summary>The app's, to be typed before a secret is retired.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Owner);

    private bool Full => Credential.Secrets.Count >= AppSecret.MaxActive;

    private string CorpId => Catalog.Environment(Credential.EnvironmentId)?.CorpId ?? "";

    private async Task AddAsync()
    {
        busy = true;
        var outcome = await Service.AddSecretAsync(Context.Actor, Context.Project.Id, Credential.Id);
        (busy, fresh, fault) = (false, outcome.Value, outcome.Fault);
        await OnChanged.InvokeAsync();
    }

    private void Ask(SecretDetails secret) => (retiring, fault) = (secret, null);

    private async Task RetireAsync()
    {
        busy = true;
        fault = (await Service.RetireSecretAsync(Context.Actor, Context.Project.Id, Credential.Id, retiring!.Id)).Fault;
        busy = false;
        if (fault is null)
        {
            // What was just shown may be the one that has gone.
            (retiring, fresh) = (null, null);
            await OnChanged.InvokeAsync();
        }
    }
}
