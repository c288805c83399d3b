using System.ComponentModel;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.JointLogin;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OpenApi;

/// <summary>The seed's shorter answer.</summary>
/// <param name="Data">The code.</param>
public sealed record UserCodeReply([property: Description("业务代码(默认0代表成功)")] int BusinessCode, string BusinessMessage, string Data);

/// <summary><c>GET /op/security/usercode?loginUserId=</c>: the AccountId against a code for autoLogin.</summary>
internal sealed class UserCode(AppTokenService tokens, JointCodes codes) : BearerHandler<UserCodeReply>(tokens), IDocumented
{
    private const string LoginUserId = "loginUserId";

    public static Documentation Documentation => new("获取登录认证code", "A code for autoLogin")
    {
        Seed = "000, 2.3",
        Text = "获取用户的AccountId之后,可以用AccountId来换取用户的登录认证code。loginUserId传入刚才获取的AccountId,返回的Data就是登录认证code",
        Parameters = [Parameter.Query(LoginUserId, "用户id", required: true)],
        Faults = [FaultKind.UnknownUser, FaultKind.UserDisabled, FaultKind.WayNotOffered],
        Reply = """{"businessCode":0,"businessMessage":"","data":"q3Vx0dQ7mJ4o1yD8kY2bW5sT9uA6cE3fG0hI7jK1lM4"}""",
        Demo = [new() { Values = new Dictionary<string, string> { [LoginUserId] = "{{account_id}}" }, Captures = [new("login_code", "data")] }],
    };

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
