using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Features.Sessions;

/// <summary>
/// Who must agree before a session is renewed, whichever face is asked: a vendor whose account signed in (seed 003). The one seam
/// behind which such ways in stand.
/// </summary>
public interface ISessionRenewal
{
    /// <summary>Of the sessions that it is asked about (<see cref="Session.Source"/>).</summary>
    int Source { get; }

    /// <summary>
    /// Asked before the write, of a session whose refresh token is good. A fault leaves the token unspent; whether it ends the session
    /// is the asked one's to do. Otherwise what is to be kept in the write that renews it.
    /// </summary>
    Task<Outcome<Func<ConsoleDb, Task>>> AskAsync(EnvironmentEntry environment, SessionId session, RenewalCall call);
}

/// <summary>The call that renews, as it is told in 登录追踪.</summary>
/// <param name="Address">The caller's; null: not known.</param>
public sealed record RenewalCall(string RequestId, string? Address);
