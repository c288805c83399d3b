using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.AppTokens;

/// <summary>A token as its buyer gets it.</summary>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record AppToken(string AccessToken, int ExpiresIn);

/// <summary>An access token with the refresh token that leads to the next pair.</summary>
public sealed record AppTokenPair(AppToken Access, string RefreshToken);

/// <summary>
/// Tokens of apps themselves, bought with their secret (RFC 6749 4.4). Nothing is stored of one: it is a box that Data Protection
/// seals with the keys that all nodes share, and <see cref="ProjectCatalog"/>, in memory, tells whether the secret that bought it
/// still is one. So a check reads no database, and a token dies with its secret. Only a refresh writes: which one is next.
/// </summary>
public sealed class AppTokenService(ProjectCatalog catalog, IDataProtectionProvider protection, Store store, Ids ids, TimeProvider clock)
{
    public const int LifeSeconds = 7200;

    /// <summary>An unused refresh token is good for this long; each refresh begins it anew.</summary>
    public static readonly TimeSpan RefreshLife = TimeSpan.FromDays(7);

    private readonly IDataProtector _access = protection.CreateProtector("FederationConsole.AppTokens.v2");
    private readonly IDataProtector _refresh = protection.CreateProtector("FederationConsole.AppRefreshTokens.v1");

    /// <summary>
    /// A token for the app that has this key and secret. Faults: <see cref="FaultKind.UnknownApp"/> for an unknown key and a wrong
    /// secret alike, <see cref="FaultKind.AppNotEnabled"/>.
    /// </summary>
    public Outcome<AppToken> Issue(string appKey, string secret)
    {
        var app = Find(appKey, secret);
        return app.Ok ? Access(app.Value, Tokens.Hash(secret)) : app.Fault;
    }

    /// <summary>The same with a refresh token, as seed 000's vendor sells it. Faults as <see cref="Issue"/>.</summary>
    public Outcome<AppTokenPair> IssuePair(string appKey, string secret)
    {
        var app = Find(appKey, secret);
        return app.Ok ? Pair(app.Value, Tokens.Hash(secret), ids.Next(), 0) : app.Fault;
    }

    /// <summary>
    /// Another pair for a refresh token, which is spent by that. Whoever holds it needs no secret, so it rotates (RFC 9700 4.14.2): one
    /// that comes a second time ends its family. Faults: <see cref="FaultKind.RefreshTokenUnknown"/> (never issued, over, its secret
    /// retired, its family ended), <see cref="FaultKind.RefreshTokenSpent"/>, <see cref="FaultKind.AppNotEnabled"/>.
    /// </summary>
    public async Task<Outcome<AppTokenPair>> RefreshAsync(string refreshToken)
    {
        if (SealedToken.Open(_refresh, refreshToken) is not { } token || token.FindApp(catalog) is not { } app || IsOver(token))
        {
            return FaultKind.RefreshTokenUnknown;
        }

        if (!app.ServiceEnabled)
        {
            return FaultKind.AppNotEnabled;
        }

        var fault = await store.WriteAsync(app.Environment.Scope, db => SpendAsync(db, app, token));
        return fault is { } refused ? refused : Pair(app, token.SecretHash, token.Family, token.Generation + 1);
    }

    /// <summary>
    /// The app whose token this is, in the environment that it is for. Faults: <see cref="FaultKind.TokenMissing"/>,
    /// <see cref="FaultKind.TokenUnknown"/> (also once the secret is retired), <see cref="FaultKind.TokenExpired"/>,
    /// <see cref="FaultKind.AppNotEnabled"/>.
    /// </summary>
    public Outcome<AppEntry> Check(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return FaultKind.TokenMissing;
        }

        if (SealedToken.Open(_access, token) is not { } read || read.FindApp(catalog) is not { } app)
        {
            return FaultKind.TokenUnknown;
        }

        return IsOver(read) ? FaultKind.TokenExpired
            : !app.ServiceEnabled ? FaultKind.AppNotEnabled
            : app;
    }

    /// <summary>Forgets families whose last token is over.</summary>
    public Task<int> ForgetAsync(int limit) => store.WriteAsync(Scope.Host, db =>
    {
        var now = db.Now;
        return db.Set<AppTokenFamily>().Where(f => f.ExpiresAt < now).OrderBy(f => f.ExpiresAt).Take(limit).ExecuteDeleteAsync();
    });

    /// <summary>Null when it was this token's turn. No fault inside the write: the end of a family must be committed.</summary>
    private static async Task<FaultKind?> SpendAsync(ConsoleDb db, AppEntry app, SealedToken token)
    {
        var (now, until, next) = (db.Now, db.Now + RefreshLife, token.Generation + 1);
        var (id, generation) = (token.Family, token.Generation);
        if (await db.Set<AppTokenFamily>().Where(f => f.Id == id && f.Generation == generation && f.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.Generation, next).SetProperty(f => f.ExpiresAt, until)) == 1)
        {
            return null;
        }

        if (await db.Set<AppTokenFamily>().FirstOrDefaultAsync(f => f.Id == id) is not { } family)
        {
            if (generation > 0)
            {
                return FaultKind.RefreshTokenUnknown;
            }

            db.Add(new AppTokenFamily { Id = id, EnvironmentId = app.Environment.Id, AppId = app.Id, Generation = next, ExpiresAt = until });
            return null;
        }

        if (family.EndedAt is not null)
        {
            return FaultKind.RefreshTokenUnknown;
        }

        family.EndedAt = now;
        db.Audit(Actor.Host, "app.refresh_token_reused", "app", app.Code);
        return FaultKind.RefreshTokenSpent;
    }

    private Outcome<AppEntry> Find(string appKey, string secret) =>
        secret.Length > Tokens.MaxLength || catalog.App(appKey) is not { } app || !app.HasSecret(secret) ? FaultKind.UnknownApp
        : !app.ServiceEnabled ? FaultKind.AppNotEnabled
        : app;

    private bool IsOver(SealedToken token) => clock.GetUtcNow().ToUnixTimeSeconds() >= token.ExpiresAt;

    private AppToken Access(AppEntry app, byte[] secretHash) =>
        new(new SealedToken(app.Id, app.Environment.Id, clock.GetUtcNow().ToUnixTimeSeconds() + LifeSeconds, 0, 0, secretHash).Seal(_access), LifeSeconds);

    private AppTokenPair Pair(AppEntry app, byte[] secretHash, long family, int generation) => new(
        Access(app, secretHash),
        new SealedToken(app.Id, app.Environment.Id, (clock.GetUtcNow() + RefreshLife).ToUnixTimeSeconds(), family, generation, secretHash).Seal(_refresh));
}

public static class AppTokenRegistration
{
    public static void AddAppTokens(this IServiceCollection services) => services.AddSingleton<AppTokenService>();
}
