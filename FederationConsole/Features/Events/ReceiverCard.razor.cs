using System.Globalization;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Events;

/// <summary>Edits one receiver; whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class ReceiverCard
{
    private ReceiverDraft draft = default!;
    private EditContext form = default!;
    private FormMessages messages = default!;
    private Danger? asked;
    private Fault? fault;
    private string? secret;
    private string? said;
    private bool busy;
    private bool saved;
    private bool tested;

    /// <summary>What asks for the host's name to be typed.</summary>
    private enum Danger
    {
        Rotate,
        Delete,
    }

    [Inject] private ReceiverService Service { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Texts { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required ReceiverDetails Receiver { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    /// <summary>What is typed to confirm: an address is too long for that.</summary>
    private string Host => new Uri(Receiver.Url).Host;

    private string DeliveriesHref => string.Create(CultureInfo.InvariantCulture, $"{Context.Link("events")}?tab=deliveries&to={Receiver.Id}");

    protected override void OnParametersSet()
    {
        // A list that is still being read anew may show what was there before one's own save: only newer counts.
        if (draft is null || (draft.Version < Receiver.Version && !draft.IsDirty))
        {
            TakeTheirs();
        }
    }

    private void TakeTheirs()
    {
        draft = new(Receiver);
        form = new(draft);
        messages = new(form, Texts);
        saved = false;
    }

    private void Typed()
    {
        saved = false;
        messages.Clear();
    }

    private void Ask(Danger? danger) => (asked, fault) = (danger, null);

    private Task SaveAsync() => SaveAsync(draft.Version);

    private Task SaveOverAsync() => SaveAsync(Receiver.Version);

    private async Task SaveAsync(int version)
    {
        if (busy || !draft.IsDirty)
        {
            return;
        }

        busy = true;
        var outcome = await Service.SaveAsync(Context.Actor, Context.Environment.Id, Receiver.Id, draft.Url, draft.Events, version);
        busy = false;
        if (outcome.Fault is { Kind: not FaultKind.Changed } wrong)
        {
            messages.Show(wrong);
            return;
        }

        // What somebody else saved is told by its own notice, once it is here.
        await OnChanged.InvokeAsync();
        if (outcome.Ok)
        {
            TakeTheirs();
            saved = true;
        }
    }

    private Task SwitchAsync() => ActAsync(
        () => Service.SwitchAsync(Context.Actor, Context.Environment.Id, Receiver.Id, !Receiver.Enabled), T[Receiver.Enabled ? "Receiver.Off" : "Receiver.On"]);

    private async Task TestAsync()
    {
        await ActAsync(() => Service.TestAsync(Context.Actor, Context.Environment.Id, Receiver.Id), T["Receiver.Tested"]);
        tested = fault is null;
    }

    private Task ConfirmAsync() => asked switch
    {
        Danger.Rotate => RotateAsync(),
        Danger.Delete => DeleteAsync(),
        _ => Task.CompletedTask,
    };

    private Task RotateAsync() => ActAsync(
        async () =>
        {
            var made = await Service.RotateSecretAsync(Context.Actor, Context.Environment.Id, Receiver.Id);
            secret = made.Value ?? secret;
            return made.Ok ? Outcome.Done : made.Fault;
        },
        T["Secret.Once"]);

    private async Task DeleteAsync()
    {
        await ActAsync(() => Service.DeleteAsync(Context.Actor, Context.Environment.Id, Receiver.Id), T["Receiver.Gone"]);
        if (fault is null)
        {
            Navigate.NavigateTo(CloseHref);
        }
    }

    /// <summary>Does it once, says how it went, and shows what is now.</summary>
    private async Task ActAsync(Func<Task<Outcome>> act, string done)
    {
        if (busy)
        {
            return;
        }

        (busy, tested) = (true, false);
        fault = (await act()).Fault;
        busy = false;
        if (fault is null)
        {
            (asked, said) = (null, done);
            await OnChanged.InvokeAsync();
        }
    }
}
