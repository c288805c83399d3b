using System.ComponentModel;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>1.3.3 获取云助手用户信息. Where each field comes from stands in Features/QrLogin/README.md.</summary>
public sealed record UserInfoReply([property: Description("返回码")] int Code, [property: Description("错误信息")] string Message, ScanUserInfo UserInfo);

/// <param name="ErpVer">Left out where the address type is not erp (seed 004: 当主通讯录时erp时,会返回erp_ver).</param>
public sealed record ScanUserInfo(
    [property: Description("云助手用户id")] string WzsUserId, [property: Description("云助手open_id")] string OpenId,
    [property: Description("用户code")] string UserCode, [property: Description("用户名称")] string UserName, [property: Description("用户头像")] string Avatar,
    [property: Description("租户id")] string TenantId, [property: Description("租户code")] string TenantCode, [property: Description("租户名称")] string TenantName,
    [property: Description("客户id")] string CustomerId, [property: Description("客户名称")] string CustomerName,
    [property: Description("主通讯录类型(erp或者ad)")] string AddressType,
    [property: Description("当主通讯录时erp时,会返回erp_ver,如果存在多个erp_ver,以逗号分隔")] string? ErpVer);

/// <summary><c>GET</c> or <c>POST</c>: access_token.</summary>
internal sealed class GetUserInfo(AppUsers users) : IFaceHandler, IDocumented
{
    private const string AccessToken = "access_token";

    public static Documentation Documentation => new("获取云助手用户信息", "Who it is")
    {
        Seed = "004, 1.3.3",
        Text = "获取access_token后,进行接口调用,有以下前提:access_token有效且未超时(有效期2小时)",
        Parameters = [Parameter.Query(AccessToken, "填写第二步获取的access_token参数(请使用urlEncode对access_token进行编码)", required: true)],
        Faults = [FaultKind.TokenUnknown, FaultKind.Forbidden],
        Reply = """
            {
                "success": 1,
                "data": {
                    "code": 1,
                    "message": "正常",
                    "user_info": {
                        "wzs_user_id": "wzs5996a0c342c36325963632",
                        "open_id": "mysoft59bb4264a71b9281261867",
                        "user_code": "meiy02",
                        "user_name": "梅义",
                        "avatar": "https://a.b.c/d.png",
                        "tenant_id": "my56a9c966df069",
                        "tenant_code": "mysoft_ci",
                        "tenant_name": "明源云CI-EDIT244",
                        "customer_id": "1212312312",
                        "customer_name": "明源集团",
                        "address_type": "erp",
                        "erp_ver": "352"
                    }
                }
            }
            """,
        Demo = [new() { Values = new Dictionary<string, string> { [AccessToken] = "{{scan_token}}" } }],
    };

    public HandlerShape Shape { get; } = new(null, typeof(UserInfoReply), null, Credential.None);

    public async Task<Outcome<object>> HandleAsync(FaceCall call, Face face, HttpContext http)
    {
        var parameters = await ScanParameters.ReadAsync(http);
        if (!parameters.Ok)
        {
            return parameters.Fault;
        }

        var token = parameters.Value.Required(AccessToken);
        if (!token.Ok)
        {
            return token.Fault;
        }

        var found = await users.ReadAsync(token.Value);
        return found.Ok ? new UserInfoReply(1, ScanTexts.Get("Normal"), Info(found.Value)) : found.Fault;
    }

    internal static ScanUserInfo Info(AppUser found)
    {
        var (user, environment, tenant) = (found.User, found.Environment, found.Tenant);
        var (id, tenantId) = (user.Id.ToString(), environment.ProjectId.ToString());
        return new(
            id, found.OpenId, user.AccountName ?? id, user.Nickname ?? "", user.AvatarUrl ?? "", tenantId, environment.ProjectCode, environment.ProjectName,
            tenant.CustomerId is { Length: > 0 } customer ? customer : tenantId,
            tenant.CustomerName is { Length: > 0 } name ? name : environment.ProjectName,
            tenant.AddressType, tenant.AddressType == TenantCard.Erp ? tenant.ErpVersions : null);
    }
}
