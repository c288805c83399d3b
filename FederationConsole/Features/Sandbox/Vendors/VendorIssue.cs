using FederationConsole.Platform;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>Who wants to be issued a credential; everything may be left out.</summary>
/// <param name="OpenId">Somebody known, for another credential.</param>
/// <param name="Credential">One of the vendor's; its first without.</param>
public sealed record VendorIssueRequest(string? OpenId, string? Nickname, VendorBehaviour? Behaviour, Credential? Credential);

/// <summary><c>POST /sandbox/{vendor}/issue</c> (JSON or a form) and <c>PUT …/persons/{openId}/behaviour</c> (JSON).</summary>
internal static class VendorIssue
{
    private const int MaxNickname = 32;

    /// <summary>What is sent to the platform, by seed 002's names; <c>code</c> says whether the access_token is one.</summary>
    private sealed record Reply(
        string OpenId, string AccessToken, Credential Credential,
        string? OauthVersion, string? OauthConsumerKey, string? OauthNonce, string? OauthTimestamp, string? OauthSignatureMethod, string? OauthSignature);

    private sealed record BehaviourRequest(VendorBehaviour? Behaviour);

    public static async Task<IResult> IssueAsync(Vendor vendor, HttpContext context, TimeProvider clock)
    {
        var language = SandboxTexts.LanguageOf(context.Request);
        var read = await SandboxBody.ReadAsync<VendorBehaviour, VendorIssueRequest>(context.Request, language);
        if (!read.Ok)
        {
            return SandboxBody.Refuse(read.Fault);
        }

        var asked = read.Value;
        var nickname = string.IsNullOrWhiteSpace(asked.Nickname) ? null : asked.Nickname.Trim();
        if (nickname is not null && (nickname.Length > MaxNickname || nickname.Any(char.IsControl)))
        {
            return SandboxBody.Refuse(new(FaultKind.Invalid, "nickname", SandboxTexts.Get("Bad_nickname", language)));
        }

        if (asked.Behaviour is { } behaviour && !vendor.Behaviours.Contains(behaviour))
        {
            return SandboxBody.Refuse(new(FaultKind.Invalid, "behaviour", SandboxTexts.Get("Bad_behaviour", language) + string.Join(", ", vendor.Behaviours.Select(SandboxJson.Name))));
        }

        var credential = asked.Credential ?? vendor.Credentials[0];
        if (!vendor.Credentials.Contains(credential))
        {
            return SandboxBody.Refuse(new(FaultKind.Invalid, "credential", SandboxTexts.Get("Bad_credential", language) + string.Join(", ", vendor.Credentials.Select(SandboxJson.Name))));
        }

        context.Response.Headers.CacheControl = "no-store";
        return vendor.Issue(asked.OpenId, nickname, asked.Behaviour, credential, clock.GetUtcNow()) is { } issued
            ? Results.Json(Show(issued), SandboxJson.Options)
            : SandboxBody.Refuse(new(FaultKind.NotFound, "open_id", SandboxTexts.Get("UnknownPerson", language)));
    }

    public static async Task<IResult> BehaveAsync(Vendor vendor, string openId, HttpContext context)
    {
        var language = SandboxTexts.LanguageOf(context.Request);
        var read = await SandboxBody.ReadAsync<VendorBehaviour, BehaviourRequest>(context.Request, language);
        if (!read.Ok)
        {
            return SandboxBody.Refuse(read.Fault);
        }

        if (read.Value.Behaviour is not { } behaviour || !vendor.Behaviours.Contains(behaviour))
        {
            return SandboxBody.Refuse(new(FaultKind.Invalid, "behaviour", SandboxTexts.Get("Bad_behaviour", language) + string.Join(", ", vendor.Behaviours.Select(SandboxJson.Name))));
        }

        return vendor.Book.Behave(openId, behaviour)
            ? Results.NoContent()
            : SandboxBody.Refuse(new(FaultKind.NotFound, "open_id", SandboxTexts.Get("UnknownPerson", language)));
    }

    private static Reply Show(Issued issued) => issued.Question is { } signed
        ? new(issued.OpenId, issued.AccessToken, issued.Credential, "1.0", signed.ConsumerKey, signed.Nonce, signed.Timestamp, "HMAC-SHA1", signed.Signature)
        : new(issued.OpenId, issued.AccessToken, issued.Credential, null, null, null, null, null, null);
}
