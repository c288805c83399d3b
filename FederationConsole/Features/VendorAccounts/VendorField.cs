namespace FederationConsole.Features.VendorAccounts;

/// <summary>Every field that travels between us and a vendor, by seed 003's names; a vendor may call each otherwise.</summary>
public static class VendorField
{
    public const string GrantType = "grant_type";
    public const string ClientId = "client_id";
    public const string ClientSecret = "client_secret";
    public const string Code = "code";
    public const string AccessToken = "access_token";
    public const string ExpiresIn = "expires_in";
    public const string RefreshToken = "refresh_token";
    public const string OpenId = "openid";
    public const string ResultCode = "result_code";
    public const string Message = "message";
    public const string NickName = "nick_name";
    public const string Mobile = "mobile";
    public const string AvatarUrl = "avatar_url";
    public const string Gender = "gender";

    public static readonly IReadOnlyList<string> All =
        [GrantType, ClientId, ClientSecret, Code, AccessToken, ExpiresIn, RefreshToken, OpenId, ResultCode, Message, NickName, Mobile, AvatarUrl, Gender];

    /// <summary>What travels together: within one of these no two may have the same name.</summary>
    internal static readonly IReadOnlyList<IReadOnlyList<string>> Together =
    [
        [GrantType, ClientId, ClientSecret, Code, RefreshToken],
        [AccessToken, ExpiresIn, RefreshToken, OpenId, ResultCode, Message],
        [OpenId, ResultCode, Message, NickName, Mobile, AvatarUrl, Gender],
    ];
}
