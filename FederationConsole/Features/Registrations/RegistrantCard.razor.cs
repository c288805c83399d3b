using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Registrations;

/// <summary>The card of one order. It loads by itself, so that the list beside it stays as it is.</summary>
public sealed partial class RegistrantCard
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private OrderDetail? detail;
    private IReadOnlyList<AttendeeNotice> notices = [];
    private SignalFollower? live;
    private Fault? refused;
    private string? said;
    private bool asked;
    private bool acting;

    [Inject] private RegistrationAdmin Admin { get; set; } = default!;
    [Inject] private NoticeService Notices { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private HostNames Hosts { get; set; } = default!;

    /// <summary>Of the order.</summary>
    [Parameter, EditorRequired] public required string Number { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    private string Name => detail?.Attendee.Name ?? "";

    private bool MayAct => Context.May(Role.Operator);

    /// <summary>Under the name that the light pages have, where they have one: they answer under no other.</summary>
    private string TicketAddress(MeetingEntry meeting, string code)
    {
        var path = $"/m/ticket/{code}";
        return Hosts.Conf(meeting.Environment) is { } host ? new Uri(host, path).AbsoluteUri : path;
    }

    protected override object LoadKey => (Context.Environment, Number);

    protected override void OnInitialized() => live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Admin.FindAsync(Context.Actor, Context.Environment.Id, Number);
        if (!found.Ok)
        {
            return found.Fault;
        }

        var told = await Notices.OfAsync(Context.Actor, Context.Environment.Id, found.Value.Meeting.Meeting.Key, found.Value.Attendee.Id);
        cancellationToken.ThrowIfCancellationRequested();
        if (!told.Ok)
        {
            return told.Fault;
        }

        (detail, notices) = (found.Value, told.Value);
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private bool Matters(Signal signal) =>
        signal.Topic is RegistrationService.Topic or CheckInService.Topic or NoticeQueue.Topic && signal.Id == detail?.Meeting.Meeting.Id;

    private void Ask(bool open) => (asked, refused) = (open, null);

    private Task PayAsync() => ActAsync(async () => (await Admin.PayAsync(Context.Actor, Context.Environment.Id, Number)).Fault, T["Said.Paid"]);

    private Task CancelAsync() => ActAsync(async () => (await Admin.CancelAsync(Context.Actor, Context.Environment.Id, Number)).Fault, T["Said.Cancelled"]);

    private Task CheckInAsync() => ActAsync(
        async () => (await Admin.CheckInAsync(Context.Actor, Context.Environment.Id, detail!.Meeting.Meeting.Key, detail.Attendee.CheckinCode)).Fault, T["Said.CheckedIn"]);

    /// <summary>Does it once, says how it went, and shows what is now; the list follows the signal.</summary>
    private async Task ActAsync(Func<Task<Fault?>> act, string done)
    {
        if (acting)
        {
            return;
        }

        acting = true;
        refused = await act();
        acting = false;
        if (refused is null)
        {
            (asked, said) = (false, done);
            await ReloadAsync();
        }
    }
}
