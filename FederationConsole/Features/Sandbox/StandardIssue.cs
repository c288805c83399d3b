using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
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

    private sealed record ErrorReply(Error Error);

    private sealed record Error(int Code, string Msg, string? Field);

    public static async Task<IResult> IssueAsync(HttpContext context, StandardPersons persons)
    {
        var language = SandboxTexts.LanguageOf(context.Request);
        var read = await ReadAsync<IssueRequest>(context.Request, language);
        if (!read.Ok)
        {
            return Refuse(read.Fault);
        }

        var checkedRequest = Check(read.Value, language);
        if (!checkedRequest.Ok)
        {
            return Refuse(checkedRequest.Fault);
        }

        var person = persons.Issue(checkedRequest.Value);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new IssueReply(person.OpenId, person.AccessToken), SandboxJson.Options);
    }

    public static async Task<IResult> BehaveAsync(string openId, HttpContext context, StandardPersons persons)
    {
        var language = SandboxTexts.LanguageOf(context.Request);
        var read = await ReadAsync<BehaviourRequest>(context.Request, language);
        if (!read.Ok)
        {
            return Refuse(read.Fault);
        }

        if (read.Value.Behaviour is not { } behaviour)
        {
            return Refuse(BadBehaviour(language));
        }

        return persons.Behave(openId, behaviour) is null
            ? Refuse(new(FaultKind.NotFound, "open_id", SandboxTexts.Get("UnknownPerson", language)))
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

    private static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request, CultureInfo language)
        where T : class
    {
        try
        {
            if (request.HasFormContentType)
            {
                var form = await request.ReadFormAsync();
                // A form sends what was left empty as "".
                var fields = form.ToDictionary(f => f.Key, f => string.IsNullOrEmpty(f.Value) ? null : f.Value.ToString());
                return JsonSerializer.SerializeToElement(fields).Deserialize<T>(SandboxJson.Options)!;
            }

            return request.HasJsonContentType() && await request.ReadFromJsonAsync<T>(SandboxJson.Options) is { } body
                ? body
                : new Fault(FaultKind.Invalid, null, SandboxTexts.Get("BadBody", language));
        }
        catch (JsonException broken) when (broken.Path is "$.behaviour")
        {
            return BadBehaviour(language);
        }
        catch (JsonException broken)
        {
            return new Fault(FaultKind.Invalid, FieldOf(broken), SandboxTexts.Get("BadJson", language));
        }
        catch (Exception tooMuch) when (tooMuch is BadHttpRequestException or InvalidDataException)
        {
            return new Fault(FaultKind.Invalid, null, SandboxTexts.Get("TooLarge", language));
        }
    }

    private static string? FieldOf(JsonException broken) => broken.Path is { } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;

    private static Fault BadBehaviour(CultureInfo language) =>
        new(FaultKind.Invalid, "behaviour", SandboxTexts.Get("Bad_behaviour", language) + string.Join(", ", Enum.GetValues<Behaviour>().Select(SandboxJson.Name)));

    // The envelope of the third party's own "no", with the field at fault beside it.
    private static IResult Refuse(Fault fault)
    {
        var (status, code) = fault.Kind == FaultKind.NotFound ? (404, 4041001) : (400, 4001001);
        return Results.Json(new ErrorReply(new(code, fault.Detail ?? "", fault.Field)), SandboxJson.Options, MediaTypeNames.Application.Json, status);
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
