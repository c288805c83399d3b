using FederationConsole.Features.Sessions;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>Ends the token's session (faces.md, Iot).</summary>
internal sealed class Logout(IotAccess access, SessionService sessions) : FaceHandler<IotNothing>, IDocumented
{
    public static Documentation Documentation => new("退出登录", "Sign out")
    {
        Text = "结束当前会话。",
        Reply = "{}",
        Demo = [new()],
    };

    protected override Credential Credential => Credential.UserToken;

    protected override async ValueTask<Outcome<IotNothing>> HandleAsync(FaceCall call)
    {
        var session = await access.CheckAsync(call);
        if (!session.Ok)
        {
            return session.Fault;
        }

        await sessions.EndAsync(session.Value.EnvironmentId, session.Value.Id, SessionEnd.LoggedOut);
        return IotNothing.Instance;
    }
}
