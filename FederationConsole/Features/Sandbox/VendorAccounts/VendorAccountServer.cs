using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Sandbox.VendorAccounts;

/// <summary>
/// The vendor's side of seed 003 (三方自有账号对接), whole: the reference for a vendor who implements one. What it checks, in its
/// order, is what yours should; docs/vendor-accounts.md says it in words.
/// </summary>
public sealed class VendorAccountServer(VendorAccountBook book, IOptions<SandboxOptions> options)
{
    /// <summary>第二步: <c>…/oauth2.0/get_access_token</c>, for a code and for a refresh token.</summary>
    public StandardAnswer GetAccessToken(IReadOnlyDictionary<string, string> asked)
    {
        // 1. Which app asks. Before the code is looked at: a stranger must not be able to spend it.
        if (!Same(asked.GetValueOrDefault("client_id"), options.Value.VendorClientId) || !Same(asked.GetValueOrDefault("client_secret"), options.Value.VendorClientSecret))
        {
            return VendorAccountAnswer.Refuse(ResultCode.Other, "client_id 或 client_secret 不正确");
        }

        return asked.GetValueOrDefault("grant_type") switch
        {
            "authorization_code" => OfCode(asked.GetValueOrDefault("code", "")),
            "refresh_token" => OfRefreshToken(asked.GetValueOrDefault("refresh_token", "")),
            _ => VendorAccountAnswer.Refuse(ResultCode.Other, "grant_type 只能是 authorization_code 或 refresh_token"),
        };
    }

    /// <summary>第三步: <c>…/sns/userinfo</c>.</summary>
    public StandardAnswer UserInfo(IReadOnlyDictionary<string, string> asked)
    {
        // 1. Did we hand it out? 2. Does the user still want it? 3. Is it still good? 4. Is it this user's?
        if (book.FindAccessToken(asked.GetValueOrDefault("access_token", "")) is not { } grant || book.Person(grant.OpenId) is not { } person)
        {
            return VendorAccountAnswer.Refuse(ResultCode.AccessTokenUnknown);
        }

        if (book.IsRevoked(grant))
        {
            return VendorAccountAnswer.Refuse(ResultCode.GrantRevoked);
        }

        if (book.IsOver(grant))
        {
            return VendorAccountAnswer.Refuse(ResultCode.AccessTokenExpired);
        }

        // Checking the token alone would let one user sign in as another.
        if (asked.GetValueOrDefault("openid") != person.OpenId)
        {
            return VendorAccountAnswer.Refuse(ResultCode.OpenIdWrong);
        }

        return Chosen(person.OpenId, VendorAccountStep.Userinfo) ?? VendorAccountAnswer.Success(
            ("openid", person.OpenId), ("nick_name", person.Nickname), ("mobile", person.Mobile), ("gender", person.Gender));
    }

    private StandardAnswer OfCode(string code)
    {
        // Unknown, spent and over are one answer: the seed has one code for them.
        if (book.TakeCode(code) is not { } grant || book.IsRevoked(grant))
        {
            return VendorAccountAnswer.Refuse(ResultCode.CodeRefused);
        }

        return Chosen(grant.OpenId, VendorAccountStep.Token) ?? Hand(grant, withOpenId: true);
    }

    private StandardAnswer OfRefreshToken(string token)
    {
        if (book.TakeRefreshToken(token) is not { } grant)
        {
            return VendorAccountAnswer.Refuse(ResultCode.RefreshTokenRefused);
        }

        if (book.IsRevoked(grant))
        {
            return VendorAccountAnswer.Refuse(ResultCode.GrantRevoked);
        }

        return Chosen(grant.OpenId, VendorAccountStep.Refresh) ?? Hand(grant, withOpenId: false);
    }

    /// <summary>All values are strings, expires_in too: so says the seed's table.</summary>
    private StandardAnswer Hand(VendorAccountGrant grant, bool withOpenId)
    {
        var (access, refresh) = book.Hand(grant);
        return VendorAccountAnswer.Success(
            ("access_token", access), ("expires_in", VendorAccountBook.AccessTokenSeconds.ToString(CultureInfo.InvariantCulture)),
            ("refresh_token", refresh), ("openid", withOpenId ? grant.OpenId : null));
    }

    /// <summary>The sandbox's own: the result code that somebody chose on its page. Null where they chose none, or success.</summary>
    private StandardAnswer? Chosen(string openId, VendorAccountStep step) =>
        book.TakeNext(openId, step) is { } code and not ResultCode.Success ? VendorAccountAnswer.Refuse(code) : null;

    /// <summary>In a time that does not tell how much was right.</summary>
    private static bool Same(string? sent, string ours) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent ?? ""), Encoding.UTF8.GetBytes(ours));
}
