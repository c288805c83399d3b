using FederationConsole.Features.Sources;
using FederationConsole.Features.Sources.Upstreams;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>Begins conversations with vendors: seed 003, 三方账号登录流程说明, with us as the OAuth2 client.</summary>
public sealed class VendorClient(OutboundCalls calls)
{
    /// <param name="trace">Filled when somebody watches (the test run); null on the path of a login.</param>
    internal VendorTalk Talk(VendorEntry vendor, List<VerificationStep>? trace, CancellationToken cancellation) => new(calls, vendor, trace, cancellation);
}

/// <summary>The three questions to one vendor about one person. Each waits at most five seconds (<see cref="OutboundCalls"/>).</summary>
internal sealed class VendorTalk(OutboundCalls calls, VendorEntry vendor, List<VerificationStep>? trace, CancellationToken cancellation)
{
    private readonly HashSet<string> _hidden = trace is null ? [] : [vendor.ClientSecret];

    /// <summary>第二步 1: the code for tokens. <see cref="VendorTokens.OpenId"/> is there.</summary>
    public async Task<VendorReply<VendorTokens>> ExchangeAsync(string code)
    {
        Hide(code);
        var tokens = await TokensAsync("token", "authorization_code", (VendorField.Code, code));
        return tokens.Value is { OpenId: null } ? Lapse(VendorLapse.Missing, VendorField.OpenId) : tokens;
    }

    /// <summary>第二步 2: the refresh token for new ones.</summary>
    /// <param name="openId">Whose it is: a vendor that answers about somebody else is not believed.</param>
    public async Task<VendorReply<VendorTokens>> RefreshAsync(string refreshToken, string openId)
    {
        Hide(refreshToken);
        var tokens = await TokensAsync("refresh", "refresh_token", (VendorField.RefreshToken, refreshToken));
        return tokens.Value is { OpenId: { } told } && told != openId ? Lapse(VendorLapse.OtherUser, VendorField.OpenId) : tokens;
    }

    /// <summary>第三步: who it is. The answer must be about the very openid that the token was for.</summary>
    public Task<VendorReply<VendorPerson>> UserInfoAsync(string accessToken, string openId)
    {
        Hide(accessToken);
        return AskAsync("userinfo", HttpMethod.Post, vendor.UserInfoUrl, [(VendorField.AccessToken, accessToken), (VendorField.OpenId, openId)], answer => answer.Person(openId));
    }

    private Task<VendorReply<VendorTokens>> TokensAsync(string step, string grantType, (string Field, string Value) with) => AskAsync(
        step, vendor.TokenMethod == TokenMethod.Get ? HttpMethod.Get : HttpMethod.Post, vendor.TokenUrl,
        [(VendorField.GrantType, grantType), (VendorField.ClientId, vendor.ClientId), (VendorField.ClientSecret, vendor.ClientSecret), with], answer => answer.Tokens());

    private async Task<VendorReply<T>> AskAsync<T>(
        string step, HttpMethod method, string url, IReadOnlyList<(string Field, string Value)> fields, Func<VendorAnswer, VendorReply<T>> read)
        where T : class
    {
        var form = new Question(method, url, [.. fields.Select(f => (vendor.Name(f.Field), (string?)f.Value))]).Encoded;
        var isGet = method == HttpMethod.Get;
        var result = Uri.TryCreate(isGet ? url + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + form : url, UriKind.Absolute, out var address)
            ? await calls.SendAsync(
                new(vendor.Partition, method, address) { Content = isGet ? null : new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded") }, cancellation)
            : new OutboundResult.Failed(OutboundFailure.UrlNotAllowed);
        var answer = VendorAnswer.Of(result, vendor);
        var reply = answer.Value is { } said ? read(said) : answer.No!;
        if (trace is not null)
        {
            _hidden.UnionWith(VendorAnswer.TokensIn(result, vendor));
            trace.Add(new(
                step, Masking.Hide($"{method} {address?.AbsoluteUri ?? url}{(isGet ? "" : $"\n\n{form}")}", _hidden), Masking.Shown(result, _hidden), result.Elapsed, reply.No is null));
        }

        return reply;
    }

    private VendorNo.NotAsked Lapse(VendorLapse lapse, string field)
    {
        if (trace is { Count: > 0 })
        {
            trace[^1] = trace[^1] with { Good = false };
        }

        return VendorNo.NotAsked.Of(lapse, vendor.Name(field));
    }

    private void Hide(string token)
    {
        if (trace is not null)
        {
            _hidden.Add(token);
        }
    }
}
