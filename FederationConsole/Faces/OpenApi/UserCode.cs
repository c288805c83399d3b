using FederationConsole.Features.AppTokens;
using FederationConsole.Features.JointLogin;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OpenApi;

/// <summary>The seed's shorter answer.</summary>
/// <param name="Data">The code.</param>
public sealed record UserCodeReply(int BusinessCode, string BusinessMessage, string Data);

/// <summary><c>GET /op/security/usercode?loginUserId=</c>: the AccountId against a code for autoLogin.</summary>
internal sealed class UserCode(AppTokenService tokens, JointCodes codes) : BearerHandler<UserCodeReply>(tokens)
{
    private const string LoginUserId = "loginUserId";

    protected override async ValueTask<Outcome<UserCodeReply>> HandleAsync(AppEntry app, FaceCall call)
    {
        if (call.Query(LoginUserId) is not { Length: > 0 } account)
        {
            return new Fault(FaultKind.Missing, LoginUserId);
        }

        var code = await codes.IssueAsync(app, account);
        return code.Ok ? new UserCodeReply(0, "", code.Value) : code.Fault;
    }
}
