using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Administrators.Settings;

/// <summary>What holds for everybody's sign-in.</summary>
public sealed partial class PolicySection
{
    private readonly Fields fields = new();
    private EditContext form = default!;
    private FormMessages messages = default!;
    private PolicyDetails? policy;
    private Fault? fault;
    private bool saved;
    private bool busy;

    [Inject] private HostService Host { get; set; } = default!;

    [Inject] private IStringLocalizer<ShellTexts> Shell { get; set; } = default!;

    [Inject] private ProjectCatalog Projects { get; set; } = default!;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    private IEnumerable<EnvironmentEntry> Environments => Projects.Environments.OrderBy(e => e.ProjectName, StringComparer.Ordinal).ThenBy(e => e.Kind);

    private bool IsDirty => fields.TwoStepRequired != policy?.TwoStepRequired || fields.QrEnvironment != (policy?.QrEnvironmentId?.Value ?? 0);

    protected override Task OnInitializedAsync()
    {
        form = new EditContext(fields);
        messages = new FormMessages(form, Shell);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var read = await Host.PolicyAsync(Actor);
        (policy, fault) = (read.Value, read.Fault);
        Fill();
    }

    private void Fill() => (fields.TwoStepRequired, fields.QrEnvironment) = (policy?.TwoStepRequired ?? false, policy?.QrEnvironmentId?.Value ?? 0);

    private async Task SaveAsync()
    {
        busy = true;
        messages.Clear();
        var done = await Host.SetPolicyAsync(Actor, fields.TwoStepRequired, fields.QrEnvironment == 0 ? null : EnvironmentId.Of(fields.QrEnvironment), policy!.Version);
        busy = false;
        saved = done.Ok;
        if (done.Fault is { } wrong)
        {
            messages.Show(T.Explain(wrong));
        }
        else
        {
            await LoadAsync();
        }
    }

    private sealed class Fields
    {
        public bool TwoStepRequired { get; set; }

        /// <summary>0: switched off.</summary>
        public long QrEnvironment { get; set; }
    }
}
