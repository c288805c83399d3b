using System.Globalization;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Meetings;

/// <summary>The card of an attendee type.</summary>
public sealed partial class TypeCard
{
    private TypeForm draft = default!;
    private TypeForm? theirs;
    private Fault? notAllowed;
    private int? open;
    private bool busy;

    [Inject] private MeetingService Service { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Texts { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required MeetingDetails Details { get; set; }

    /// <summary>Null for a new one.</summary>
    [Parameter] public AttendeeType? Type { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Operator);

    protected override void OnParametersSet()
    {
        theirs = Type is null ? null : new(Context.Project.Zone, Type);
        if (draft is null || (!draft.IsDirty && draft.Version < theirs?.Version))
        {
            Start();
        }
    }

    private void Start() => (draft, open) = (new(Context.Project.Zone, Type), null);

    private async Task<Outcome> SaveAsync(int version)
    {
        var read = draft.Read();
        var fault = read.Fault ?? (await Service.SaveTypeAsync(Context.Actor, Context.Environment.Id, Details.Meeting.Key, read.Value!, version)).Fault;
        return fault is null ? Outcome.Done : InForm(fault);
    }

    /// <summary>A path in the list of fields means nothing to who fills in a form: the field is named, and opened.</summary>
    private Fault InForm(Fault fault)
    {
        if (fault.Field is not { } path || !path.StartsWith("fields[", StringComparison.Ordinal)
            || !int.TryParse(path.AsSpan(7, path.IndexOf(']', StringComparison.Ordinal) - 7), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return fault;
        }

        open = at;
        var key = path[(path.IndexOf(']', StringComparison.Ordinal) + 1)..].TrimStart('.').Split('.', '[')[0];
        return fault with { Field = nameof(TypeForm.Fields), Detail = MeetingTexts.Say("Fields.Fault", at + 1, MeetingTexts.Say($"Fields_{key}"), fault.Detail ?? "") };
    }

    private async Task SavedAsync(bool done)
    {
        await OnChanged.InvokeAsync();
        if (!done)
        {
            return;
        }

        Start();
        if (Type is null)
        {
            // Nothing is unsaved any more: the bar must not ask.
            StateHasChanged();
            await Task.Yield();
            Navigate.NavigateTo(CloseHref);
        }
    }

    private async Task DeleteAsync()
    {
        busy = true;
        notAllowed = (await Service.DeleteTypeAsync(Context.Actor, Context.Environment.Id, Details.Meeting.Key, Type!.Key)).Fault;
        busy = false;
        if (notAllowed is null)
        {
            Start();
            StateHasChanged();
            await Task.Yield();
            Navigate.NavigateTo(CloseHref);
        }

        await OnChanged.InvokeAsync();
    }
}
