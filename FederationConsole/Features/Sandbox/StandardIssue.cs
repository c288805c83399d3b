using System.Globalization;
using System.Text.RegularExpressions;
using FederationConsole.Platform;

namespace FederationConsole.Features.Sandbox;

/// <summary>Who wants to be issued an identity; everything may be left out.</summary>
public sealed record IssueRequest(string? OpenId, string? Nickname, string? Phone, string? Email, Behaviour? Behaviour);

/// <summary><c>POST /sandbox/standard/issue</c> (JSON or a form) and <c>PUT …/persons/{openId}/behaviour</c> (JSON).</summary>
internal static partial class StandardIssue
{
    private sealed record IssueReply(string OpenId, string AccessToken);

    private sealed record BehaviourRequest(Behaviour? Behaviour);

    public static async Task<IResult> IssueAsync(HttpContext context, StandardPersons persons)
    {
        var language = SandboxTexts.LanguageOf(context.Request);
        var read = await SandboxBody.ReadAsync<Behaviour, IssueRequest>(context.Request, language);
        if (!read.Ok)
        {
            return SandboxBody.Refuse(read.Fault);
        }

        var checkedRequest = Check(read.Value, language);
        if (!checkedRequest.Ok)
        {
            return SandboxBody.Refuse(checkedRequest.Fault);
        }

        var person = persons.Issue(checkedRequest.Value);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new IssueReply(person.OpenId, person.AccessToken), SandboxJson.Options);
    }

    public static async Task<IResult> BehaveAsync(string openId, HttpContext context, StandardPersons persons)
    {
        var language = SandboxTexts.LanguageOf(context.Request);
        var read = await SandboxBody.ReadAsync<Behaviour, BehaviourRequest>(context.Request, language);
        if (!read.Ok)
        {
            return SandboxBody.Refuse(read.Fault);
        }

        if (read.Value.Behaviour is not { } behaviour)
        {
            return SandboxBody.Refuse(SandboxBody.BadBehaviour<Behaviour>(language));
        }

        return persons.Behave(openId, behaviour) is null
            ? SandboxBody.Refuse(new(FaultKind.NotFound, "open_id", SandboxTexts.Get("UnknownPerson", language)))
            : Results.NoContent();
    }

    private static Outcome<IssueRequest> Check(IssueRequest asked, CultureInfo language)
    {
        asked = asked with
        {
            OpenId = Trimmed(asked.OpenId), Nickname = Trimmed(asked.Nickname), Phone = Trimmed(asked.Phone), Email = Trimmed(asked.Email),
        };
        (string Field, string? Value, Regex Allowed)[] rules =
        [
            ("open_id", asked.OpenId, OpenIdForm()),
            ("nickname", asked.Nickname, NicknameForm()),
            ("phone", asked.Phone, PhoneForm()),
            ("email", asked.Email, EmailForm()),
        ];
        foreach (var (field, value, allowed) in rules)
        {
            if (value is not null && !allowed.IsMatch(value))
            {
                return new Fault(FaultKind.Invalid, field, SandboxTexts.Get("Bad_" + field, language));
            }
        }

        return asked;

        static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    [GeneratedRegex(@"^[A-Za-z0-9._@-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex OpenIdForm();

    [GeneratedRegex(@"^[^\p{Cc}]{1,32}\z", RegexOptions.NonBacktracking)]
    private static partial Regex NicknameForm();

    [GeneratedRegex(@"^[0-9]{5,15}\z", RegexOptions.NonBacktracking)]
    private static partial Regex PhoneForm();

    [GeneratedRegex(@"^[^@\s\p{Cc}]{1,64}@[^@\s\p{Cc}]{1,190}\z", RegexOptions.NonBacktracking)]
    private static partial Regex EmailForm();
}
