using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FederationConsole.Platform;

namespace FederationConsole.Features.Sandbox.VendorAccounts;

/// <summary>Who signs in at the vendor; everything may be left out.</summary>
/// <param name="OpenId">Somebody known, or the name of somebody new.</param>
public sealed record VendorAccountIssueRequest(string? OpenId, string? Nickname, string? Mobile, string? Gender);

/// <summary>The page's own addresses (JSON, or a form for the first): sign in, choose the next answer, revoke.</summary>
internal static partial class VendorAccountIssue
{
    private const int MaxNickname = 32;

    private sealed record IssueReply(string OpenId, string Code, int ExpiresIn);

    private sealed record NextRequest(VendorAccountStep? Step, string? ResultCode);

    /// <summary><c>POST /sandbox/vendor/issue</c>: an authorization code, as the vendor's own app would get it (第一步).</summary>
    public static async Task<IResult> IssueAsync(HttpContext context, VendorAccountBook book)
    {
        var language = SandboxTexts.LanguageOf(context.Request);
        var read = await SandboxBody.ReadAsync<VendorAccountStep, VendorAccountIssueRequest>(context.Request, language);
        var person = read.Ok ? Check(read.Value, book, language) : read.Fault;
        if (!person.Ok)
        {
            return SandboxBody.Refuse(person.Fault);
        }

        var (issued, code) = book.SignIn(person.Value);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new IssueReply(issued.OpenId, code, VendorAccountBook.CodeSeconds), SandboxJson.Options);
    }

    /// <summary><c>PUT /sandbox/vendor/persons/{openId}/next</c>: what the next answer of one step is to be; without a result code, as it should.</summary>
    public static async Task<IResult> AnswerNextAsync(string openId, HttpContext context, VendorAccountBook book)
    {
        var language = SandboxTexts.LanguageOf(context.Request);
        var read = await SandboxBody.ReadAsync<VendorAccountStep, NextRequest>(context.Request, language);
        if (!read.Ok)
        {
            return SandboxBody.Refuse(read.Fault);
        }

        var (step, code) = read.Value;
        if (step is null || (code is not null && !ResultCode.Messages.ContainsKey(code)))
        {
            return SandboxBody.Refuse(new(FaultKind.Invalid, step is null ? "step" : "result_code", SandboxTexts.Get("Bad_next", language) + string.Join(", ", ResultCode.Messages.Keys)));
        }

        return Found(book.AnswerNext(openId, code is null or ResultCode.Success ? null : new(step.Value, code)), language);
    }

    /// <summary><c>POST /sandbox/vendor/persons/{openId}/revoke</c>: 解除授权.</summary>
    public static IResult Revoke(string openId, HttpContext context, VendorAccountBook book) =>
        Found(book.Revoke(openId), SandboxTexts.LanguageOf(context.Request));

    private static IResult Found(bool found, CultureInfo language) => found
        ? Results.NoContent()
        : SandboxBody.Refuse(new(FaultKind.NotFound, "open_id", SandboxTexts.Get("UnknownPerson", language)));

    private static Outcome<VendorAccountPerson> Check(VendorAccountIssueRequest asked, VendorAccountBook book, CultureInfo language)
    {
        var (openId, nickname, mobile) = (Trimmed(asked.OpenId), Trimmed(asked.Nickname), Trimmed(asked.Mobile));
        var known = openId is null ? null : book.Person(openId);
        return openId is not null && !OpenIds().IsMatch(openId) ? Bad("open_id")
            : nickname is not null && (nickname.Length > MaxNickname || nickname.Any(char.IsControl)) ? Bad("nickname")
            : mobile is not null && !Mobiles().IsMatch(mobile) ? Bad("phone")
            : asked.Gender is not (null or "0" or "1" or "2") ? Bad("gender")
            : new VendorAccountPerson(
                openId ?? "va-" + RandomNumberGenerator.GetHexString(20, lowercase: true),
                nickname ?? known?.Nickname ?? SandboxTexts.Get("VendorAccountSomebody", language), mobile ?? known?.Mobile, asked.Gender ?? known?.Gender ?? "0");

        Outcome<VendorAccountPerson> Bad(string field) => new Fault(FaultKind.Invalid, field == "phone" ? "mobile" : field, SandboxTexts.Get("Bad_" + field, language));
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // Narrow: it ends up in a curl line.
    [GeneratedRegex("^[A-Za-z0-9._@-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex OpenIds();

    [GeneratedRegex("^[0-9]{5,15}$", RegexOptions.NonBacktracking)]
    private static partial Regex Mobiles();
}
