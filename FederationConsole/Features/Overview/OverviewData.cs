using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Overview;

/// <summary>How far back; a day is drawn by hours, the longer ones by days.</summary>
public enum OverviewSpan
{
    Day = 1,
    Week = 7,
    Month = 30,
}

/// <summary>What the page 概览 shows of one environment.</summary>
/// <param name="Bars">Oldest first, without gaps.</param>
/// <param name="Ways">The ways in that were used in the span, the busiest first.</param>
/// <param name="Causes">Why logins failed in the span, the commonest first.</param>
/// <param name="Parties">The third parties that are switched on.</param>
/// <param name="Codes">What became of the QR codes of the span, whatever way in is chosen.</param>
public sealed record OverviewData(
    IReadOnlyList<SignInBar> Bars, IReadOnlyList<WayIn> Ways, IReadOnlyList<FailureCause> Causes, OverviewCounts Counts,
    IReadOnlyList<ThirdPartyHealth> Parties, Checklist Checklist, QrFunnel Codes);

/// <param name="From">The beginning of the hour or day, in the project's zone.</param>
public sealed record SignInBar(DateTimeOffset From, long Succeeded, long Failed);

/// <param name="Source">As seed 002 numbers them; 0 for a way of our own.</param>
public sealed record WayIn(int Source, long Succeeded, long Failed, long NewUsers);

/// <param name="Kind">Null when this version knows no fault of that name.</param>
/// <param name="Share">Of all logins of the span, 0 to 1.</param>
public sealed record FailureCause(string Name, FaultKind? Kind, long Count, double Share);

/// <param name="NewUsersToday">Since midnight in the project's zone, like <paramref name="SignInsToday"/>.</param>
/// <param name="ActiveSessions">Not ended, and their refresh token still good.</param>
public sealed record OverviewCounts(long Users, long NewUsersToday, long ActiveSessions, long SignInsToday);

public sealed record ThirdPartyHealth(SourceKind Source, OutboundHealth Health)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>A tenth of the last calls failed, a twentieth took over a second, or it is not asked at all for now.</summary>
    public bool IsIll => Health.Breaker != BreakerState.Closed || Health.FailureRate >= 0.1 || Health.P95 >= Slow;
}

/// <summary>The way from nothing to the first login. That the project exists is done by reading this.</summary>
public sealed record Checklist(bool App, bool Service, bool Source, bool Login)
{
    public bool Done => App && Service && Source && Login;
}
