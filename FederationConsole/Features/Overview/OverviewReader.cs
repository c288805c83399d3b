using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Overview;

/// <summary>Reads the overview of one environment.</summary>
public sealed class OverviewReader(Store store, ProjectCatalog projects, OutboundCalls calls, TimeProvider clock)
{
    private readonly WholeCounts _counts = new();

    /// <param name="zone">The project's: where its days begin. Logins are counted by whole hours of UTC, so in a zone off by
    /// half an hour a day begins up to that much late.</param>
    /// <param name="way">One way in alone, as seed 002 numbers them; null for all.</param>
    public async Task<Outcome<OverviewData>> ReadAsync(
        Actor actor, EnvironmentId id, TimeZoneInfo zone, OverviewSpan span, int? way, CancellationToken cancellation)
    {
        if (projects.Environment(id) is not { } environment)
        {
            return FaultKind.NotFound;
        }

        if (actor.Require(Role.ReadOnly, environment.ProjectId.Value).Fault is { } fault)
        {
            return fault;
        }

        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        var today = CalendarSpans.Midnight(now.Date, zone);
        var starts = CalendarSpans.Starts(now, zone, (int)span);
        var since = starts[0] < today ? starts[0] : today;
        return await store.ReadAsync(environment.Scope, async db =>
        {
            var counts = await db.Set<SignInCount>().Where(c => c.Hour >= since).ToListAsync(cancellation);
            var sources = await db.Set<SourceSetting>().Where(s => s.Enabled).Select(s => s.Source).Distinct().OrderBy(s => s).ToListAsync(cancellation);
            var shown = counts.FindAll(c => c.Hour >= starts[0]);
            var chosen = shown.FindAll(c => way is null || c.Source == way);
            return new OverviewData(
                Bars(starts, chosen), Ways(shown), Causes(chosen),
                await CountAsync(db, today, counts.Where(c => c.Hour >= today && c.Result.Length == 0).Sum(c => (long)c.Count), cancellation),
                sources.ConvertAll(s => new ThirdPartyHealth(s, calls.Health(SourceEntry.PartitionOf(id, s)))),
                // A project may use its vendor's accounts alone.
                await CheckAsync(db, environment.ProjectId, sources.Count > 0 || await db.Set<VendorAccount>().AnyAsync(v => v.Enabled, cancellation), cancellation),
                await QrReader.FunnelAsync(db, null, starts, cancellation));
        });
    }

    private async Task<OverviewCounts> CountAsync(ConsoleDb db, DateTimeOffset today, long signIns, CancellationToken cancellation)
    {
        var (users, sessions) = await _counts.GetAsync(db, cancellation);
        // Keys rise with time, and the index is by key.
        var first = Ids.Floor(today);
        var fresh = await db.Set<User>().LongCountAsync(u => (long)(object)u.Id >= first, cancellation);
        return new(users, fresh, sessions, signIns);
    }

    private static async Task<Checklist> CheckAsync(ConsoleDb db, ProjectId project, bool source, CancellationToken cancellation)
    {
        var services = await db.Set<App>().Where(a => a.ProjectId == project).Select(a => a.ServiceEnabledAt != null).ToListAsync(cancellation);
        var login = await db.Set<SignInCount>().AnyAsync(c => c.Result == "" && c.Count > 0, cancellation);
        return new(services.Count > 0, services.Contains(true), source, login);
    }

    private static List<SignInBar> Bars(List<DateTimeOffset> starts, List<SignInCount> counts)
    {
        var (succeeded, failed) = (new long[starts.Count], new long[starts.Count]);
        foreach (var count in counts)
        {
            var bar = CalendarSpans.IndexOf(starts, count.Hour);
            (count.Result.Length == 0 ? succeeded : failed)[bar] += count.Count;
        }

        return [.. starts.Select((from, i) => new SignInBar(from, succeeded[i], failed[i]))];
    }

    private static List<WayIn> Ways(List<SignInCount> counts) =>
        [.. counts.GroupBy(c => c.Source)
            .Select(way => new WayIn(way.Key, Sum(way.Where(c => c.Result.Length == 0)), Sum(way.Where(c => c.Result.Length > 0)), way.Sum(c => (long)c.NewUsers)))
            .OrderByDescending(w => w.Succeeded + w.Failed).ThenBy(w => w.Source)];

    private static List<FailureCause> Causes(List<SignInCount> counts)
    {
        var all = Sum(counts);
        return [.. counts.Where(c => c.Result.Length > 0).GroupBy(c => c.Result)
            .Select(cause => new FailureCause(
                cause.Key, Enum.TryParse<FaultKind>(cause.Key, out var kind) ? kind : null, Sum(cause), (double)Sum(cause) / all))
            .OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)];
    }

    private static long Sum(IEnumerable<SignInCount> counts) => counts.Sum(c => (long)c.Count);
}
