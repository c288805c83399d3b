using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Meetings;

/// <summary>会议: the meetings of this environment. Search, filter and the page live in the address.</summary>
public sealed partial class MeetingsPage
{
    private const int ShortKey = 8;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private MeetingList meetings = new([], 0);
    private MeetingForm draft = default!;
    private SignalFollower? live;
    private string? made;

    [Inject] private MeetingService Service { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? When { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public string? Number { get; set; }

    /// <summary>Anything: the form of a new meeting is open.</summary>
    [SupplyParameterFromQuery] public string? New { get; set; }

    private MeetingQuery Query => new(Q, When switch { "past" => true, "coming" => false, _ => null }, PageOf(Number));

    protected override object LoadKey => (Context.Environment, Query);

    /// <summary>Of a page in an address; what cannot be read is the first.</summary>
    internal static int PageOf(string? number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 100_000) : 1;

    protected override void OnInitialized()
    {
        Start();
        live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);
    }

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ListAsync(Context.Actor, Context.Environment.Id, Query, cancellationToken);
        if (found.Ok)
        {
            meetings = found.Value;
        }

        return found.Ok ? Outcome.Done : found.Fault;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>An import tells of all environments at once.</summary>
    private bool Matters(Signal signal) =>
        signal.Topic == MeetingCatalog.Topic && (signal.Environment == 0 || signal.Environment == Context.Environment.Id.Value);

    private void Start() => draft = new(Context.Project.Zone, null);

    private async Task<Outcome> CreateAsync(int version)
    {
        var read = draft.Read();
        if (!read.Ok)
        {
            return read.Fault;
        }

        var outcome = await Service.CreateAsync(Context.Actor, Context.Environment.Id, read.Value);
        made = outcome.Value;
        return outcome.Ok ? Outcome.Done : outcome.Fault;
    }

    private async Task OpenAsync(bool done)
    {
        // Nothing is unsaved any more: the bar must not ask.
        Start();
        StateHasChanged();
        await Task.Yield();
        Navigate.NavigateTo(MeetingTabs.Address(Context, made!));
    }

    private string NewHref(string? value) => Navigate.GetUriWithQueryParameter("new", value);

    private string Span(Meeting meeting) => MeetingTimes.Span(meeting.StartsAt, meeting.EndsAt, Context.Project.Zone);

    private static string Short(string key) => key.Length > ShortKey + 2 ? key[..ShortKey] + "\u2026" : key;
}
