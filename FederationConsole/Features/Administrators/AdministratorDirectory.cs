using System.Globalization;
using System.Security.Claims;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Administrators;

/// <summary>
/// Turns a sign-in cookie into an <see cref="Actor"/>, with the roles as they are now: kept in memory, forgotten at once when
/// a write anywhere changes them.
/// </summary>
public sealed class AdministratorDirectory : IDisposable
{
    /// <summary>The signal's topic; its id is the administrator's.</summary>
    public const string Topic = "administrators";

    /// <summary>Where the request came from, as a claim: a circuit outlives the request that opened it.</summary>
    public const string AddressClaim = "address";

    private const int Capacity = 256;
    private readonly GenerationCache<long, Entry> _known = new(Capacity);
    private readonly Store _store;
    private readonly string _stampClaim;
    private readonly IDisposable _listening;

    public AdministratorDirectory(Store store, Signals signals, IOptions<IdentityOptions> options)
    {
        _store = store;
        _stampClaim = options.Value.ClaimsIdentity.SecurityStampClaimType;
        _listening = signals.Listen(signal =>
        {
            if (signal.Topic == Topic)
            {
                _known.Remove(signal.Id);
            }
            else if (signal == Signal.Reset)
            {
                _known.Clear();
            }

            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Without grants when the cookie is of somebody who was disabled, or whose password, second step or roles changed since.</summary>
    public async Task<Actor> ActorAsync(ClaimsPrincipal principal, string? requestId = null)
    {
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        var entry = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? await FindAsync(key)
            : null;
        var current = entry is { Disabled: false } && entry.SecurityStamp == principal.FindFirstValue(_stampClaim);
        return new(ActorKind.Administrator, id, entry?.Name ?? "", principal.FindFirstValue(AddressClaim), requestId)
        {
            Grants = current ? entry!.Grants : [],
        };
    }

    /// <summary>For who has given the password and not yet the second step.</summary>
    internal async Task<Actor> ActorAsync(long id, string? address, string? requestId)
    {
        var entry = await FindAsync(id);
        return new(ActorKind.Administrator, id.ToString(CultureInfo.InvariantCulture), entry?.Name ?? "", address, requestId)
        {
            Grants = entry is { Disabled: false } ? entry.Grants : [],
        };
    }

    /// <summary>Whether the cookie still is as good as when it was given; a circuit asks this again and again.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal principal) => (await ActorAsync(principal)).Grants.Count > 0;

    public Task<bool> AnyAsync() => _store.ReadAsync(Scope.Host, db => db.Set<Administrator>().AnyAsync());

    public void Dispose() => _listening.Dispose();

    private ValueTask<Entry?> FindAsync(long id) =>
        _known.GetAsync(id, _store, static (id, store) => store.ReadAsync(Scope.Host, db => ReadAsync(db, id)));

    private static async Task<Entry?> ReadAsync(ConsoleDb db, long id)
    {
        if (await db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == id) is not { } row)
        {
            return null;
        }

        var grants = await db.Set<AdministratorGrant>().Where(g => g.AdministratorId == id).ToListAsync();
        return new(row.Name, row.SecurityStamp, row.DisabledAt is not null, grants.ConvertAll(g => new Grant(g.ProjectId?.Value, g.Role)));
    }

    private sealed record Entry(string Name, string SecurityStamp, bool Disabled, IReadOnlyList<Grant> Grants);
}
