using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Overview;

/// <summary>概览: how logins are doing, and what is still to be set up. The span and the way in live in the address.</summary>
public sealed partial class OverviewPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private OverviewData data = default!;
    private SignalFollower? live;

    [Inject] private OverviewReader Reader { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private IHostEnvironment Host { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary><c>week</c> or <c>month</c>; the last 24 hours without.</summary>
    [SupplyParameterFromQuery] public string? Span { get; set; }

    /// <summary>A source as seed 002 numbers them; all without.</summary>
    [SupplyParameterFromQuery] public string? Way { get; set; }

    private OverviewSpan ShownSpan => Enum.TryParse<OverviewSpan>(Span, ignoreCase: true, out var span) && Enum.IsDefined(span) ? span : OverviewSpan.Day;

    private int? ShownWay => int.TryParse(Way, NumberStyles.None, CultureInfo.InvariantCulture, out var way) ? way : null;

    private IEnumerable<(string Key, long Count)> Figures =>
    [
        ("Overview.Users", data.Counts.Users),
        ("Overview.NewUsers", data.Counts.NewUsersToday),
        ("Overview.Sessions", data.Counts.ActiveSessions),
        ("Overview.SignIns", data.Counts.SignInsToday),
    ];

    private IReadOnlyList<Bar> Bars =>
        [.. data.Bars.Select(b => new Bar(b.From.ToString(ShownSpan == OverviewSpan.Day ? "HH:mm" : "MM-dd", CultureInfo.InvariantCulture), [b.Succeeded, b.Failed]))];

    protected override object LoadKey => (Context.Environment, Span, Way);

    protected override void OnInitialized() => live = SignalFollower.Start(
        Signals, Clock, Calm, signal => signal.Topic is SignInCounters.Topic or QrCounters.Topic && signal.Environment == Context.Environment.Id.Value, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var read = await Reader.ReadAsync(Context.Actor, Context.Environment.Id, Context.Project.Zone, ShownSpan, ShownWay, cancellationToken);
        if (!read.Ok)
        {
            return read.Fault;
        }

        data = read.Value;
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private string WayName(int source) => T[$"Way_{source}"] is { ResourceNotFound: false } name ? name.Value : Text(source);

    private static string Text(int source) => source.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("P1", CultureInfo.CurrentCulture);
}
