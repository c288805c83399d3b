using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Administrators.Settings;

/// <summary>Makes an administrator and shows the made-up password once.</summary>
public sealed partial class NewAdministratorCard
{
    private readonly Fields fields = new();
    private EditContext form = default!;
    private FormMessages messages = default!;
    private bool busy;
    private string? password;

    [Inject] private AdministratorService Administrators { get; set; } = default!;

    [Inject] private IStringLocalizer<ShellTexts> Shell { get; set; } = default!;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ConsoleProject> Projects { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    [Parameter] public EventCallback OnCreated { get; set; }

    protected override void OnInitialized()
    {
        form = new EditContext(fields);
        messages = new FormMessages(form, Shell);
    }

    private async Task CreateAsync()
    {
        busy = true;
        messages.Clear();
        var created = await Administrators.CreateAsync(Actor, fields.Email, fields.Name, GrantLine.Read(fields.Grants));
        busy = false;
        if (created.Ok)
        {
            password = created.Value.Password;
            await OnCreated.InvokeAsync();
        }
        else
        {
            messages.Show(T.Explain(created.Fault));
        }
    }

    private sealed class Fields
    {
        public string? Name { get; set; }
        public string? Email { get; set; }
        public List<GrantLine> Grants { get; } = [new()];
    }
}
