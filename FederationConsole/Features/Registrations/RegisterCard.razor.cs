using System.Globalization;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace FederationConsole.Features.Registrations;

/// <summary>Registers somebody by hand.</summary>
public sealed partial class RegisterCard
{
    private readonly HashSet<string> agendas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> quantities = new(StringComparer.Ordinal);
    private AttendeeType type = default!;
    private Dictionary<string, string?> values = [];
    private EditContext form = default!;
    private FormMessages messages = default!;
    private string? invitation;
    private string? earlier;
    private bool busy;

    /// <summary>A second press of the button, or a second try after a lost connection, makes no second order.</summary>
    private string key = "";

    [Inject] private RegistrationAdmin Admin { get; set; } = default!;
    [Inject] private Ids Ids { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required MeetingEntry Meeting { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    /// <summary>The card of an order by its number.</summary>
    [Parameter, EditorRequired] public required Func<string?, string> CardHref { get; set; }

    private IReadOnlyList<AttributeDefinition> Visible => [.. FormVisibility.Shown(type.Fields, name => values.GetValueOrDefault(name)).Select(f => f.Definition)];

    private bool IsDirty => values.Values.Any(v => !string.IsNullOrEmpty(v)) || Items.Any() || agendas.Count > 0 || !string.IsNullOrEmpty(invitation);

    protected override void OnInitialized()
    {
        if (Meeting.Types is [var first, ..])
        {
            Start(first);
        }
    }

    private void Start(AttendeeType chosen)
    {
        // What was typed stays for the fields that the other type asks for too.
        values = chosen.Fields.ToDictionary(f => f.Name, f => chosen == type ? null : values.GetValueOrDefault(f.Name), StringComparer.Ordinal);
        (type, invitation, key) = (chosen, null, Ids.NextGuid().ToString());
        agendas.Clear();
        quantities.Clear();
        form = new(values);
        messages = new(form, Texts);
        earlier = null;
    }

    private void Typed()
    {
        messages.Clear();
        (earlier, key) = (null, Ids.NextGuid().ToString());
    }

    /// <summary>As it is typed: empty while another number is to come.</summary>
    private string Quantity(Ticket ticket) => quantities.GetValueOrDefault(ticket.Key, "0");

    private IEnumerable<AskedItem> Items =>
        quantities.Select(q => new AskedItem(q.Key, int.TryParse(q.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0)).Where(item => item.Quantity > 0);

    private void SetQuantity(Ticket ticket, string? count)
    {
        quantities[ticket.Key] = count ?? "";
        Typed();
    }

    private void Toggle(Agenda agenda)
    {
        if (!agendas.Remove(agenda.Key))
        {
            agendas.Add(agenda.Key);
        }

        Typed();
    }

    private async Task RegisterAsync()
    {
        if (busy || !IsDirty)
        {
            return;
        }

        busy = true;
        var asked = new RegistrationAsked(
            type.Key, [.. values.Where(v => !string.IsNullOrEmpty(v.Value)).Select(v => new AskedField(v.Key, v.Value!))],
            [.. Items])
        {
            Agendas = [.. agendas.Select(agenda => new AskedAgenda(agenda, null))], InvitationCode = invitation,
        };
        var outcome = await Admin.RegisterAsync(Context.Actor, Context.Environment.Id, Meeting.Meeting.Key, asked, key);
        busy = false;
        switch (outcome)
        {
            case { Ok: false }:
                messages.Show(InWords(outcome.Fault));
                break;
            case { Value: Existing existing }:
                earlier = existing.Order.Number;
                break;
            default:
                // Nothing is unsaved any more: the bar must not ask.
                Start(type);
                StateHasChanged();
                await Task.Yield();
                Navigate.NavigateTo(CardHref(outcome.Value!.Order.Number));
                break;
        }
    }

    /// <summary>The service names a field by its label, which is what a caller of Register reads; a thing by its name.</summary>
    private Fault InWords(Fault fault) =>
        type.Fields.FirstOrDefault(f => f.Label == fault.Field) is { } field ? fault with { Field = field.Name }
        : fault is { Kind: FaultKind.Missing, Field: "Items" } ? new(FaultKind.NotAllowedNow, null, T["Register.NoTicket"])
        : fault with { Field = null, Detail = fault.Detail ?? Meeting.Ticket(fault.Field ?? "")?.Name ?? fault.Field };
}
