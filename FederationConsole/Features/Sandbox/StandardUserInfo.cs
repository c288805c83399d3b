using System.Globalization;

namespace FederationConsole.Features.Sandbox;

/// <summary>
/// The URL that the platform asks: <c>GET /sandbox/standard/userinfo?access_token=&amp;open_id=&amp;timestamp=&amp;sign=</c>.
/// Checked in this order: all four there, signatures, time, person; only then does the person's behaviour count.
/// </summary>
public sealed class StandardUserInfo(StandardPersons persons, StandardSignature signature, StandardJournal journal, TimeProvider clock)
{
    /// <summary>How far the question's timestamp may be off, both ways. The vendor names no figure (upstreams B1).</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>How long a hanging third party holds the connection: longer than any caller should wait (5 s), and not for ever.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    public async Task AnswerAsync(HttpContext context)
    {
        var now = clock.GetUtcNow();
        var question = StandardQuestion.From(context.Request);
        var verdict = signature.Check(question);
        var answer = Decide(question, verdict, now);
        journal.Add(new(now, question, verdict, answer));
        await answer.SendAsync(context, clock);
    }

    private StandardAnswer Decide(StandardQuestion q, SignatureVerdict verdict, DateTimeOffset now) => q switch
    {
        { OpenId: null } or { AccessToken: null } or { Timestamp: null } or { Sign: null } => StandardAnswer.Incomplete,
        _ when verdict.Sign == SignatureCheck.Wrong => StandardAnswer.BadSign,
        _ when verdict.Header == SignatureCheck.Wrong => StandardAnswer.BadHeader,
        _ when !IsFresh(q.Timestamp, now) => StandardAnswer.Stale,
        _ when persons.Find(q.OpenId) is { } person && person.AccessToken == q.AccessToken => StandardAnswer.Of(person),
        _ => StandardAnswer.Refused,
    };

    private static bool IsFresh(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= (long)Window.TotalSeconds;
}
