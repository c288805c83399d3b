using System.Text.Json;

namespace FederationConsole.Features.Sandbox.VendorAccounts;

/// <summary>Seed 003, 公共返回结果码约定.</summary>
internal static class ResultCode
{
    public const string Success = "0";
    public const string AccessTokenExpired = "100001";
    public const string CodeRefused = "100002";
    public const string RefreshTokenRefused = "100003";
    public const string GrantRevoked = "100004";
    public const string AccessTokenUnknown = "100005";
    public const string OpenIdWrong = "100006";
    public const string Other = "110000";

    /// <summary>In the seed's words.</summary>
    public static readonly IReadOnlyDictionary<string, string> Messages = new Dictionary<string, string>
    {
        [Success] = "成功",
        [AccessTokenExpired] = "AccessToken过期",
        [CodeRefused] = "用code换取access token值失败",
        [RefreshTokenRefused] = "RefreshToken已过期或已失效",
        [GrantRevoked] = "用户改密或解除授权导致AccessToken失效",
        [AccessTokenUnknown] = "AccessToken非法",
        [OpenIdWrong] = "无效的OpenId",
        [Other] = "系统通用错误",
    };
}

/// <summary>Every answer of a vendor: HTTP 200 and a JSON object whose <c>result_code</c> is a string, as all its values are.</summary>
internal static class VendorAccountAnswer
{
    /// <param name="fields">Beside result_code and message; those that are null are not sent.</param>
    public static StandardAnswer Success(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var answer = Open(ResultCode.Success, ResultCode.Messages[ResultCode.Success]);
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                answer[name] = value;
            }
        }

        return Close(answer);
    }

    /// <param name="message">For people, where the seed's words say too little.</param>
    public static StandardAnswer Refuse(string resultCode, string? message = null) => Close(Open(resultCode, message ?? ResultCode.Messages[resultCode]));

    private static Dictionary<string, string> Open(string resultCode, string message) => new() { ["result_code"] = resultCode, ["message"] = message };

    private static StandardAnswer Close(Dictionary<string, string> answer) => new(200, JsonSerializer.SerializeToUtf8Bytes(answer, StandardAnswer.Plain));
}
