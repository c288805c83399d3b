using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Audit;

/// <summary>Whose lines.</summary>
public enum AuditRange
{
    /// <summary>The environment's, and those of the project that stands above it.</summary>
    Environment,
    /// <summary>The project's, with both environments.</summary>
    Project,
    /// <summary>Those of no project: administrators, projects made. For who holds a role for all projects.</summary>
    Host,
}

/// <summary>What to look for; null finds all.</summary>
public sealed record AuditFilter
{
    public AuditRange Range { get; init; }

    /// <summary>From here on, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Up to here, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How the action begins: <c>app.</c> finds all that was done to apps.</summary>
    public string? Action { get; init; }

    /// <summary>The actor's id, or how the name begins.</summary>
    public string? Actor { get; init; }

    /// <summary>Such as <c>user</c>.</summary>
    public string? SubjectKind { get; init; }

    /// <summary>A part of the subject's id.</summary>
    public string? Subject { get; init; }
}

/// <param name="Lines">Newest first.</param>
/// <param name="Older">The id to ask before for the next page; null on the last one.</param>
public sealed record AuditFound(IReadOnlyList<AuditLine> Lines, long? Older);

/// <param name="Changes">Field by field, as the write saw it.</param>
public sealed record AuditCard(AuditLine Line, IReadOnlyList<FieldChange> Changes);

/// <summary>Finds audit lines for administrators. Whom a line is kept from, for them it does not exist.</summary>
public sealed class AuditReader(Store store)
{
    public const int PageSize = 50;

    private const int ExportPage = 2000;

    /// <summary>A node's clock may be behind the one that made the key: the index is entered this much to the side.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <param name="where">The environment that the console stands in.</param>
    /// <param name="before">Lines older than this id; null for the newest.</param>
    public async Task<Outcome<AuditFound>> FindAsync(Actor actor, Scope where, AuditFilter filter, long? before, CancellationToken cancellation)
    {
        if (Allow(actor, Role.ReadOnly, where, filter) is { } fault)
        {
            return fault;
        }

        var lines = await ReadAsync(where, filter, before, PageSize + 1, cancellation);
        return lines.Count > PageSize ? new AuditFound(lines[..PageSize], lines[PageSize - 1].Id) : new AuditFound(lines, null);
    }

    /// <summary>One line with its changes. A line of another project is not found.</summary>
    public async Task<Outcome<AuditCard>> GetAsync(Actor actor, Scope where, long id, CancellationToken cancellation)
    {
        var line = await store.ReadAsync(Scope.Host, db => db.Set<AuditLine>().FirstOrDefaultAsync(l => l.Id == id, cancellation));
        var mine = line is not null && (line.ProjectId == where.Project || line.ProjectId == default);
        return mine && actor.May(Role.ReadOnly, Project(line!.ProjectId)) ? new AuditCard(line, AuditTrail.Read(line.Changes)) : FaultKind.NotFound;
    }

    /// <summary>
    /// All that the filter finds as CSV (UTF-8 with its mark, for Excel), newest first, written as it is read. Needs
    /// <see cref="Role.Manager"/>, and leaves a line itself.
    /// </summary>
    public async Task<Outcome> ExportAsync(Actor actor, Scope where, AuditFilter filter, Stream to, CancellationToken cancellation)
    {
        if (Allow(actor, Role.Manager, where, filter) is { } fault)
        {
            return fault;
        }

        await store.WriteAsync(filter.Range == AuditRange.Host ? Scope.Host : where, db =>
        {
            db.Audit(actor, "audit.exported", "audit", filter.Range.ToString());
            return Task.FromResult(Outcome.Done);
        });
        await using var csv = AuditCsv.Open(to);
        long? before = null;
        do
        {
            var lines = await ReadAsync(where, filter, before, ExportPage, cancellation);
            await csv.WriteRecordsAsync(lines.Select(AuditCsv.Of), cancellation);
            await csv.FlushAsync(cancellation);
            before = lines.Count == ExportPage ? lines[^1].Id : null;
        }
        while (before is not null);
        return Outcome.Done;
    }

    private static Fault? Allow(Actor actor, Role role, Scope where, AuditFilter filter) =>
        actor.Require(role, filter.Range == AuditRange.Host ? null : where.Project.Value).Fault;

    private static long? Project(ProjectId id) => id == default ? null : id.Value;

    private Task<List<AuditLine>> ReadAsync(Scope where, AuditFilter filter, long? before, int size, CancellationToken cancellation) =>
        store.ReadAsync(Scope.Host, db =>
        {
            var (project, environment) = (filter.Range == AuditRange.Host ? default : where.Project, where.Environment);
            var lines = db.Set<AuditLine>().Where(l => l.ProjectId == project);
            if (filter.Range == AuditRange.Environment)
            {
                lines = lines.Where(l => l.EnvironmentId == environment || l.EnvironmentId == default(EnvironmentId));
            }

            return Narrow(lines, filter, before).OrderByDescending(l => l.Id).Take(size).ToListAsync(cancellation);
        });

    private static IQueryable<AuditLine> Narrow(IQueryable<AuditLine> lines, AuditFilter filter, long? before)
    {
        // Keys rise with time, so a span of time is a span of the index; the exact time then decides.
        if (filter.From is { } from)
        {
            var floor = Ids.Floor(from - Slack);
            lines = lines.Where(l => l.Id >= floor && l.At >= from);
        }

        if (filter.To is { } to)
        {
            var ceiling = Ids.Floor(to + Slack);
            lines = lines.Where(l => l.Id < ceiling && l.At < to);
        }

        lines = before is { } id ? lines.Where(l => l.Id < id) : lines;
        lines = filter.Action is { } action ? lines.Where(l => l.Action.StartsWith(action)) : lines;
        lines = filter.Actor is { } who ? lines.Where(l => l.ActorId == who || l.ActorName.StartsWith(who)) : lines;
        lines = filter.SubjectKind is { } kind ? lines.Where(l => l.SubjectKind == kind) : lines;
        return filter.Subject is { } subject ? lines.Where(l => l.SubjectId.Contains(subject)) : lines;
    }
}
