using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>1.3.3 获取云助手用户信息. Where each field comes from stands in Features/QrLogin/README.md.</summary>
public sealed record UserInfoReply(int Code, string Message, ScanUserInfo UserInfo);

/// <param name="ErpVer">Left out where the address type is not erp (seed 004: 当主通讯录时erp时,会返回erp_ver).</param>
public sealed record ScanUserInfo(
    string WzsUserId, string OpenId, string UserCode, string UserName, string Avatar, string TenantId, string TenantCode, string TenantName,
    string CustomerId, string CustomerName, string AddressType, string? ErpVer);

/// <summary><c>GET</c> or <c>POST</c>: access_token.</summary>
internal sealed class GetUserInfo(AppUsers users) : IFaceHandler
{
    public HandlerShape Shape { get; } = new(null, typeof(UserInfoReply), null, Credential.None);

    public async Task<Outcome<object>> HandleAsync(FaceCall call, Face face, HttpContext http)
    {
        var parameters = await ScanParameters.ReadAsync(http);
        if (!parameters.Ok)
        {
            return parameters.Fault;
        }

        var token = parameters.Value.Required("access_token");
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
