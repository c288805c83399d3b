using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Merges;

/// <summary>One of two, with what leads to them. Phone, e-mail and account name are masked below <see cref="Role.Operator"/>.</summary>
/// <param name="Sessions">That hold.</param>
/// <param name="LastSignIn">Of the last session that was begun.</param>
public sealed record PairSide(
    UserId Id, string? Nickname, string? Phone, string? Email, string? AccountName, bool HasPassword, int Origin, DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt, IReadOnlyList<IdentityRow> Identities, int Sessions, DateTimeOffset? LastSignIn);

/// <param name="Source">Whose unionid showed that they are one person.</param>
public sealed record PairRow(long Id, int Source, DateTimeOffset SeenAt, PairSide First, PairSide Second);

/// <param name="UndoUntil">Null when it was undone, is too old, or waits for the undo of a later one.</param>
public sealed record MergeRow(
    long Id, UserId Stayed, string? StayedName, UserId Gone, string? GoneName, DateTimeOffset At, string By,
    DateTimeOffset? UndoneAt, string? UndoneBy, DateTimeOffset? UndoUntil);

/// <param name="Merges">The latest, undone ones among them.</param>
public sealed record PairPage(IReadOnlyList<PairRow> Pairs, int Total, IReadOnlyList<MergeRow> Merges);

/// <summary>What the page 账号合并 shows.</summary>
public sealed class PairReader(Store store, ProjectCatalog projects)
{
    public const int PageSize = 10;
    public const int MaxMerges = 50;

    /// <param name="page">From 1; the newest pairs first.</param>
    public async Task<Outcome<PairPage>> ListAsync(Actor actor, EnvironmentId id, int page, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var full = actor.May(Role.Operator, environment.Value.ProjectId.Value);
        return await store.ReadMomentAsync<Outcome<PairPage>>(environment.Value.Scope, async db =>
        {
            var open = db.Set<UserPair>().Where(p =>
                !db.Set<User>().Any(u => (u.Id == p.FirstId || u.Id == p.SecondId) && u.MergedInto != null));
            var total = await open.CountAsync(cancellation);
            var pairs = await open.OrderByDescending(p => p.Id).Skip((Math.Max(1, page) - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
            var sides = await SidesAsync(db, [.. pairs.SelectMany(p => new[] { p.FirstId, p.SecondId }).Distinct()], full, cancellation);
            return new PairPage(
                pairs.ConvertAll(p => new PairRow(p.Id, p.Source, p.SeenAt, sides[p.FirstId], sides[p.SecondId])), total, await MergesAsync(db, cancellation));
        });
    }

    private static async Task<Dictionary<UserId, PairSide>> SidesAsync(ConsoleDb db, List<UserId> ids, bool full, CancellationToken cancellation)
    {
        var now = db.Now;
        var users = await db.Set<User>().Where(u => ids.Contains(u.Id)).ToListAsync(cancellation);
        var identities = (await db.Set<Identity>().Where(i => ids.Contains(i.UserId)).OrderBy(i => i.Source).ThenBy(i => i.Id).ToListAsync(cancellation)).ToLookup(i => i.UserId);
        var passwords = (await db.Set<PasswordCredential>().Where(p => ids.Contains(p.UserId)).Select(p => p.UserId).ToListAsync(cancellation)).ToHashSet();
        var sessions = (await db.Set<Session>().Where(s => ids.Contains(s.UserId)).GroupBy(s => s.UserId)
            .Select(g => new { User = g.Key, Holding = g.Count(s => s.EndedAt == null && s.RefreshExpiresAt > now), Last = g.Max(s => s.CreatedAt) })
            .ToListAsync(cancellation)).ToDictionary(s => s.User);
        return users.ToDictionary(u => u.Id, u => new PairSide(
            u.Id, u.Nickname, Shown(u.Phone), Shown(u.Email), Shown(u.AccountName), passwords.Contains(u.Id), u.Origin, u.CreatedAt, u.DisabledAt,
            [.. identities[u.Id].Select(i => new IdentityRow(i.Id, i.Source, i.Issuer, i.OpenId, i.UnionId, i.Nickname, i.BoundAt))],
            sessions.GetValueOrDefault(u.Id)?.Holding ?? 0, sessions.GetValueOrDefault(u.Id)?.Last));

        string? Shown(string? value) => value is null || full ? value : Mask.Of(value);
    }

    private static async Task<IReadOnlyList<MergeRow>> MergesAsync(ConsoleDb db, CancellationToken cancellation)
    {
        var now = db.Now;
        var merges = await db.Set<Merge>().OrderByDescending(m => m.Id).Take(MaxMerges).ToListAsync(cancellation);
        var ids = merges.SelectMany(m => new[] { m.StayedId, m.GoneId }).Distinct().ToList();
        var users = await db.Set<User>().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation);
        return merges.ConvertAll(m =>
        {
            var until = m.At + MergeService.UndoTime;
            var can = m.UndoneAt is null && until > now && users[m.StayedId].MergedInto is null;
            return new MergeRow(
                m.Id, m.StayedId, users[m.StayedId].Nickname, m.GoneId, users[m.GoneId].Nickname, m.At, m.By, m.UndoneAt, m.UndoneBy, can ? until : null);
        });
    }
}
