using System.Globalization;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Administrators.Settings;

/// <summary>One administrator: roles, password, second step, disabled or not. Each change ends that administrator's sessions.</summary>
public sealed partial class AdministratorCard
{
    private readonly Fields fields = new();
    private EditContext form = default!;
    private FormMessages messages = default!;
    private bool dirty;
    private bool saved;
    private bool busy;
    private bool asking;
    private Fault? confirmFault;
    private string? password;

    [Inject] private AdministratorService Administrators { get; set; } = default!;

    [Inject] private IStringLocalizer<ShellTexts> Shell { get; set; } = default!;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ConsoleProject> Projects { get; set; }

    [Parameter, EditorRequired] public required AdministratorRow Row { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    [Parameter] public EventCallback OnChanged { get; set; }

    private bool IsMe => Actor.Id == Row.Id.ToString(CultureInfo.InvariantCulture);

    protected override void OnInitialized()
    {
        form = new EditContext(fields);
        messages = new FormMessages(form, Shell);
        Fill();
    }

    private void Fill()
    {
        fields.Grants = GrantLine.Of(Row.Grants);
        fields.Version = Row.Version;
        dirty = false;
    }

    private async Task SaveRolesAsync()
    {
        if (await DoAsync(() => Administrators.SetGrantsAsync(Actor, Row.Id, GrantLine.Read(fields.Grants), fields.Version)))
        {
            Fill();
            saved = true;
        }
    }

    private Task<bool> ResetPasswordAsync() => DoAsync(async () =>
    {
        var reset = await Administrators.ResetPasswordAsync(Actor, Row.Id);
        password = reset.Value;
        return reset.Ok ? Outcome.Done : reset.Fault;
    });

    private Task<bool> ResetTwoStepAsync() => DoAsync(() => Administrators.ResetTwoStepAsync(Actor, Row.Id));

    private Task<bool> EnableAsync() => DoAsync(() => Administrators.EnableAsync(Actor, Row.Id));

    private async Task DisableAsync()
    {
        confirmFault = null;
        asking = !await DoAsync(async () =>
        {
            var done = await Administrators.DisableAsync(Actor, Row.Id);
            confirmFault = done.Fault is { } fault ? T.Explain(fault) : null;
            return done;
        });
    }

    /// <summary>Does it, says what is wrong or loads the list anew; the version of an unsaved form follows what this card itself changed.</summary>
    private async Task<bool> DoAsync(Func<Task<Outcome>> act)
    {
        busy = true;
        saved = false;
        messages.Clear();
        var before = Row.Version;
        var done = await act();
        busy = false;
        if (done.Fault is { } fault)
        {
            messages.Show(T.Explain(fault));
            return false;
        }

        await OnChanged.InvokeAsync();
        if (fields.Version == before && Row.Version == before + 1)
        {
            fields.Version = Row.Version;
        }

        return true;
    }

    private sealed class Fields
    {
        public List<GrantLine> Grants { get; set; } = [];
        public int Version { get; set; }
    }
}
