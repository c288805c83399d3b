using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Sessions;

/// <summary>Whose token it is.</summary>
public sealed record CheckedSession(SessionId Id, EnvironmentId EnvironmentId, UserId UserId, AppId AppId, byte[] AccessHash, DateTimeOffset ExpiresAt);

/// <summary>
/// Checks access tokens, the hottest path there is: from memory after the first time. A session that ends is dropped before
/// the call that ended it is answered, on other nodes as soon as their signal arrives.
/// </summary>
public sealed class SessionCheck : IDisposable
{
    private const int Capacity = 200_000;

    private readonly Func<ConsoleDb, SessionId, Task<CheckedSession?>> _query = EF.CompileAsyncQuery(
        (ConsoleDb db, SessionId id) => db.Set<Session>().IgnoreQueryFilters().AsNoTracking()
            .Where(s => s.Id == id && s.EndedAt == null)
            .Select(s => new CheckedSession(s.Id, s.EnvironmentId, s.UserId, s.AppId, s.AccessHash, s.AccessExpiresAt))
            .FirstOrDefault());

    private readonly GenerationCache<SessionId, CheckedSession> _known = new(Capacity);
    private readonly IDisposable _listening;
    private readonly Store _store;
    private readonly TimeProvider _clock;

    public SessionCheck(Store store, Signals signals, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _listening = signals.Listen(signal =>
        {
            Forget(signal);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Missing, unknown (never issued, ended), or expired; the session otherwise.</summary>
    public async ValueTask<Outcome<CheckedSession>> CheckAsync(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return FaultKind.TokenMissing;
        }

        if (!SessionToken.TryParse(token, out var parsed))
        {
            return FaultKind.TokenUnknown;
        }

        var session = await _known.GetAsync(parsed.Session, this, static (id, self) => self._store.ReadAsync(Scope.Host, db => self._query(db, id)));
        if (session is null || !parsed.Matches(session.AccessHash))
        {
            return FaultKind.TokenUnknown;
        }

        return session.ExpiresAt <= _clock.GetUtcNow() ? FaultKind.TokenExpired : session;
    }

    public void Dispose() => _listening.Dispose();

    private void Forget(Signal signal)
    {
        if (signal.Topic == SessionService.Topic)
        {
            _known.Remove(SessionId.Of(signal.Id));
        }
        else if (signal.Topic == SessionService.UserTopic)
        {
            _known.RemoveWhere(s => s.UserId.Value == signal.Id);
        }
        else if (signal == Signal.Reset)
        {
            _known.Clear();
        }
    }
}
