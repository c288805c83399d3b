using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Traces;

/// <summary>What the list asks for.</summary>
/// <param name="Text">User id, open id, request id or phone, whole; null or empty for all.</param>
/// <param name="Failed">True: those that did not work; false: those that did; null: all.</param>
/// <param name="Source">As seed 002 numbers them; null for all.</param>
/// <param name="Before">Traces older than this key; null for the newest.</param>
public sealed record TraceFilter(string? Text = null, bool? Failed = null, int? Source = null, long? Before = null);

/// <param name="Older">The key to ask before for the next page; null on the last one.</param>
public sealed record TracePage(IReadOnlyList<SignInTrace> Traces, long? Older);

/// <summary>Finds the traces of logins for the console.</summary>
public sealed class TraceService(Store store, ProjectCatalog projects)
{
    public const int PageSize = 50;

    /// <summary>As a constant in the SQL: the index of open ids is of such calls alone.</summary>
    private static readonly UserId Nobody = UserId.Of(0);

    public async Task<Outcome<TracePage>> FindAsync(Actor actor, EnvironmentId id, TraceFilter filter, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var found = await store.ReadAsync(environment.Value.Scope, async db =>
        {
            var traces = await MatchingAsync(db, filter.Text?.Trim(), cancellation);
            traces = filter.Failed switch
            {
                true => traces.Where(t => t.Fault != null),
                false => traces.Where(t => t.Fault == null),
                null => traces,
            };
            traces = filter.Source is { } source ? traces.Where(t => t.Source == source) : traces;
            traces = filter.Before is { } before ? traces.Where(t => t.Id < before) : traces;
            return await traces.OrderByDescending(t => t.Id).Take(PageSize + 1).ToListAsync(cancellation);
        });
        return found.Count > PageSize ? new TracePage(found[..PageSize], found[PageSize - 1].Id) : new TracePage(found, null);
    }

    public async Task<Outcome<SignInTrace>> GetAsync(Actor actor, EnvironmentId id, long trace, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.ReadAsync(environment.Value.Scope, db => db.Set<SignInTrace>().FirstOrDefaultAsync(t => t.Id == trace, cancellation)) is { } found
            ? found
            : FaultKind.NotFound;
    }

    /// <summary>
    /// Part of the write that erases a user: removes what leads to them. Call <see cref="SignInTraces.FlushAsync"/> before that write, or
    /// a login of the last two seconds is written after it.
    /// </summary>
    /// <param name="openIds">All that were ever bound to the user: also those of calls from which no user came.</param>
    /// <returns>How many traces are gone.</returns>
    public static Task<int> EraseAsync(ConsoleDb db, UserId user, IReadOnlyCollection<string> openIds) =>
        db.Set<SignInTrace>().Where(t => t.UserId == user || (t.UserId == EF.Constant(Nobody) && t.OpenId != null && openIds.Contains(t.OpenId))).ExecuteDeleteAsync();

    /// <summary>A phone and an open id lead to their user; everything else is asked of its own index, one of which finds it.</summary>
    private static async Task<IQueryable<SignInTrace>> MatchingAsync(ConsoleDb db, string? text, CancellationToken cancellation)
    {
        var traces = db.Set<SignInTrace>().AsQueryable();
        if (string.IsNullOrEmpty(text))
        {
            return traces;
        }

        var user = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? UserId.Of(number) : default;
        if (PhoneNumber.Parse(text)?.E164 is { } phone)
        {
            var owner = await db.Set<User>().Where(u => u.Phone == phone).Select(u => u.Id).FirstOrDefaultAsync(cancellation);
            user = owner == default ? user : owner;
        }

        var holders = await db.Set<Identity>().Where(i => i.OpenId == text).Select(i => i.UserId).Distinct().ToListAsync(cancellation);
        return traces.Where(t =>
            (t.UserId == EF.Constant(Nobody) && t.OpenId == text) || (holders.Contains(t.UserId) && t.OpenId == text)
            || t.RequestId == text || (user != Nobody && t.UserId == user));
    }
}
