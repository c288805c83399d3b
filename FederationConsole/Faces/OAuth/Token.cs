using FederationConsole.Features.AppTokens;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OAuth;

/// <summary>RFC 6749 5.1.</summary>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="RefreshToken">Of the vendor's own form alone: RFC 6749 4.4.3 has none for client_credentials.</param>
public sealed record TokenReply(string AccessToken, string TokenType, int ExpiresIn, string? RefreshToken = null, string? Scope = null);

/// <summary>
/// <c>POST /connect/token</c>: a token of the app itself, by RFC 6749 4.4, or by the form of seed 000's vendor
/// (<c>grant_type=custom_user_code&amp;client_id=openapi&amp;scope=…&amp;method=client_secret&amp;appKey=&amp;appSecret=</c>), which is renewed
/// by <c>refresh_token</c>.
/// </summary>
internal sealed class Token(AppTokenService tokens) : FormHandler<TokenReply>, IDocumented
{
    public static Documentation Documentation => new("获取应用的access_token", "A token for the app’s server")
    {
        Seed = "000, 2.1; RFC 6749, 4.4, 6",
        Text = "应用服务端用 appKey 与 appSecret 换取 access_token，之后放在 Authorization: Bearer 里。三种 grant_type：client_credentials（RFC 6749，也可用 Basic）、" +
            "厂商自己的 custom_user_code、refresh_token（只用于后者）。",
        Parameters =
        [
            Parameter.Form(GrantType, $"{ClientCredentials}、{CustomUserCode} 或 {RefreshToken}", required: true),
            Parameter.Form(ClientId, $"{ClientCredentials}：appKey；其余固定为 {OpenApi}"),
            Parameter.Form(ClientSecret, $"{ClientCredentials}：appSecret"),
            Parameter.Form(ScopeField, "可不传"),
            Parameter.Form(Method, $"{CustomUserCode}：固定为 {ClientSecret}"),
            Parameter.Form(AppKey, $"{CustomUserCode}：应用的 appKey"),
            Parameter.Form(AppSecret, $"{CustomUserCode}：应用的 appSecret"),
            Parameter.Form(RefreshToken, $"{RefreshToken}：上一次返回的 refresh_token，只能用一次"),
        ],
        Faults = [new(FaultKind.Invalid, GrantType), FaultKind.UnknownApp, FaultKind.AppNotEnabled, FaultKind.RefreshTokenUnknown],
        Reply = """{"access_token":"CfDJ8N…","token_type":"Bearer","expires_in":7200,"refresh_token":"CfDJ8M…","scope":"offline_access OpenAppGateway"}""",
        Demo =
        [
            new()
            {
                Name = (CustomUserCode, CustomUserCode),
                Values = new Dictionary<string, string>
                {
                    [GrantType] = CustomUserCode, [ClientId] = OpenApi, [ScopeField] = Scope, [Method] = ClientSecret, [AppKey] = "{{app_key}}", [AppSecret] = "{{app_secret}}",
                },
                Captures = [new("access_token", "access_token"), new("app_refresh_token", "refresh_token")],
            },
            new()
            {
                Name = (RefreshToken, RefreshToken),
                Values = new Dictionary<string, string> { [GrantType] = RefreshToken, [ClientId] = OpenApi, [RefreshToken] = "{{app_refresh_token}}" },
                Captures = [new("access_token", "access_token"), new("app_refresh_token", "refresh_token")],
            },
            new()
            {
                Name = (ClientCredentials, ClientCredentials),
                Values = new Dictionary<string, string> { [GrantType] = ClientCredentials, [ClientId] = "{{app_key}}", [ClientSecret] = "{{app_secret}}" },
                Captures = [new("access_token", "access_token")],
            },
        ],
    };

    private const string ScopeField = "scope";

    public const string GrantType = "grant_type";
    public const string ClientCredentials = "client_credentials";
    public const string CustomUserCode = "custom_user_code";
    public const string RefreshToken = "refresh_token";
    public const string Method = "method";

    /// <summary>What the vendor's documents ask for, and all that there is.</summary>
    private const string Scope = "offline_access OpenAppGateway";

    private const string ClientId = "client_id";

    /// <summary>The vendor's own client, one for all apps.</summary>
    private const string OpenApi = "openapi";

    private const string ClientSecret = "client_secret";
    private const string AppKey = "appKey";
    private const string AppSecret = "appSecret";

    protected override async ValueTask<Outcome<TokenReply>> HandleAsync(FormFields form, FaceCall call) => form[GrantType] switch
    {
        null => new Fault(FaultKind.Missing, GrantType),
        ClientCredentials => OfClient(form, call),
        CustomUserCode => OfApp(form),
        RefreshToken => await OfRefreshAsync(form),
        _ => new Fault(FaultKind.Invalid, GrantType),
    };

    private Outcome<TokenReply> OfClient(FormFields form, FaceCall call)
    {
        var client = OAuth.ClientCredentials.Read(form, call.Header("Authorization"));
        if (!client.Ok)
        {
            return client.Fault;
        }

        var issued = tokens.Issue(client.Value.Id, client.Value.Secret);
        return issued.Ok ? new TokenReply(issued.Value.AccessToken, Bearer, issued.Value.ExpiresIn) : issued.Fault;
    }

    private Outcome<TokenReply> OfApp(FormFields form)
    {
        if ((Missing(form, ClientId, Method, AppKey, AppSecret) ?? (form[Method] == ClientSecret ? null : new Fault(FaultKind.Invalid, Method))) is { } wrong)
        {
            return wrong;
        }

        return form[ClientId] == OpenApi ? Reply(tokens.IssuePair(form[AppKey]!, form[AppSecret]!)) : FaultKind.UnknownApp;
    }

    private async Task<Outcome<TokenReply>> OfRefreshAsync(FormFields form) =>
        Missing(form, ClientId, RefreshToken) is { } missing ? missing
        : form[ClientId] != OpenApi ? FaultKind.UnknownApp
        : Reply(await tokens.RefreshAsync(form[RefreshToken]!));

    private static Fault? Missing(FormFields form, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (form[name] is null)
            {
                return new(FaultKind.Missing, name);
            }
        }

        return null;
    }

    private static Outcome<TokenReply> Reply(Outcome<AppTokenPair> pair) => pair.Ok
        ? new TokenReply(pair.Value.Access.AccessToken, Bearer, pair.Value.Access.ExpiresIn, pair.Value.RefreshToken, Scope)
        : pair.Fault;

    private const string Bearer = "Bearer";
}
