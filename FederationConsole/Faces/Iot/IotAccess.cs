using FederationConsole.Features.Sessions;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>Seed 002's header <c>Access-Token</c>, and the rule that the path's user must be the token's.</summary>
public sealed class IotAccess(SessionCheck sessions)
{
    public const string Header = "Access-Token";

    public ValueTask<Outcome<CheckedSession>> CheckAsync(FaceCall call) => sessions.CheckAsync(call.Header(Header));

    /// <summary>With the rule of the path where the path names a user.</summary>
    public ValueTask<Outcome<CheckedSession>> CheckUserAsync(FaceCall call) => call.HasPathValue("user_id") ? CheckPathUserAsync(call) : CheckAsync(call);

    /// <summary>4031001 for any other user's id, whether there is such a user or not.</summary>
    public async ValueTask<Outcome<CheckedSession>> CheckPathUserAsync(FaceCall call)
    {
        var session = await CheckAsync(call);
        return session.Ok && session.Value.UserId.Value != call.PathNumber("user_id") ? FaultKind.NotYourself : session;
    }
}
