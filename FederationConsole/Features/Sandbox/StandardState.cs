using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Sandbox;

/// <summary>
/// <c>GET /sandbox/standard/state?run=&amp;version=</c>: what the page shows, or 204 when nothing changed since that version.
/// <c>run</c> is drawn at each start of the host, so that a page left open notices that all it knows is gone.
/// </summary>
internal static class StandardState
{
    private const int PersonsShown = 50;
    private const int TextShown = 600;

    private static readonly string Run = RandomNumberGenerator.GetHexString(8, lowercase: true);

    private sealed record State(string Run, long Version, string CorpId, int PersonCount, IEnumerable<PersonRow> Persons, IEnumerable<Row> Journal);

    private sealed record PersonRow(string OpenId, string AccessToken, string? Nickname, string? Phone, string? Email, Behaviour Behaviour);

    private sealed record Row(long Number, DateTimeOffset At, string Query, Check Sign, Check Header, int Status, string Body);

    private sealed record Check(SignatureCheck Result, string Signed);

    public static IResult Get(
        string? run, long? version, HttpResponse response, StandardPersons persons, StandardJournal journal, IOptions<SandboxOptions> options)
    {
        response.Headers.CacheControl = "no-store";
        var current = persons.Version + journal.Version;
        if (run == Run && version == current)
        {
            return Results.NoContent();
        }

        var token = options.Value.StandardToken;
        return Results.Json(
            new State(
                Run, current, options.Value.CorpId, persons.Count,
                persons.Newest(PersonsShown).Select(p => new PersonRow(p.OpenId, p.AccessToken, p.Nickname, p.Phone, p.Email, p.Behaviour)),
                journal.Newest().Select(n => Show(n.Number, n.Entry, token))),
            SandboxJson.Options);
    }

    private static Row Show(long number, JournalEntry entry, string token)
    {
        var (q, verdict, answer) = (entry.Question, entry.Verdict, entry.Answer);
        var (accessToken, key) = (Mask(q.AccessToken), Mask(token));
        var signed = verdict.Sign == SignatureCheck.OkOtherOrder
            ? q.OpenId + q.Timestamp + accessToken + key
            : q.OpenId + accessToken + q.Timestamp + key;
        return new(
            number, entry.At, Short(MaskQuery(q.Query)),
            new(verdict.Sign, Short(signed)), new(verdict.Header, Short(MaskQuery(q.QueryWithoutSign))),
            answer.Status, answer.Location ?? Short(Encoding.UTF8.GetString(answer.Body)));
    }

    /// <summary>All but the last four characters hidden; a text too short to hide four of is hidden whole.</summary>
    private static string Mask(string? secret) => secret switch
    {
        null => "",
        { Length: > 8 } => "****" + secret[^4..],
        _ => "****",
    };

    private static string MaskQuery(string query) => string.Join('&', query.Split('&').Select(pair => pair.Split('=', 2) switch
    {
        // The framework reads names without regard to case and escapes; so must what hides them.
        [var name, var value] when "access_token".Equals(Uri.UnescapeDataString(name), StringComparison.OrdinalIgnoreCase) => name + "=" + Mask(value),
        _ => pair,
    }));

    private static string Short(string text) => text.Length <= TextShown ? text : text[..TextShown] + "…";
}
