using System.Globalization;
using System.Text;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>One question of the platform, made readable and masked, and what it was answered.</summary>
public sealed record VendorEntry(DateTimeOffset At, string Question, int Status, string Body);

/// <summary>Everything below a vendor's address that is not its page: what the platform asks, and the journal of it.</summary>
internal static class VendorWire
{
    private const int TextShown = 600;

    // What must not stand on a screen; ids, methods and times may.
    private static readonly string[] Secret = ["access_token", "input_token", "auth_token", "code", "refresh_token", "secret", "client_secret", "appsecret_proof", "sign"];

    public static async Task AnswerAsync(Vendor vendor, string path, HttpContext context, TimeProvider clock)
    {
        var request = context.Request;
        var sent = request.HasFormContentType ? await request.ReadFormAsync() : null;
        var parameters = (sent ?? (IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>>)request.Query)
            .ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        var question = new VendorQuestion(request.Method, path, parameters, request.Headers.Authorization.ToString(), clock.GetUtcNow());
        var answer = vendor.Answer(question);
        vendor.Journal.Add(Entry(question, answer));
        await answer.SendAsync(context, clock);
    }

    /// <summary>The same for a server that is no <see cref="Vendor"/>.</summary>
    public static VendorEntry Entry(string method, string path, IReadOnlyDictionary<string, string> asked, StandardAnswer answer, DateTimeOffset now) =>
        Entry(new VendorQuestion(method, path, asked, "", now), answer);

    private static VendorEntry Entry(VendorQuestion question, StandardAnswer answer) =>
        new(question.Now, Show(question), answer.Status, answer.Location ?? Short(MaskJson(Encoding.UTF8.GetString(answer.Body))));

    private static string Show(VendorQuestion question) => Short(string.Create(CultureInfo.InvariantCulture,
        $"{question.Method} {question.Path}{(question.Method == "GET" ? "?" : "\n")}{string.Join('&', question.Parameters.Select(p => $"{p.Key}={(Secret.Contains(p.Key) ? Mask(p.Value) : p.Value)}"))}{(question.Authorization.Length > 0 ? "\nAuthorization: " + question.Authorization.Split(' ')[0] + " ****" : "")}"));

    private static string Mask(string secret) => secret.Length > 8 ? "****" + secret[^4..] : "****";

    /// <summary>Tokens that the vendor hands out in exchange.</summary>
    private static string MaskJson(string text)
    {
        foreach (var name in new[] { "\"access_token\":\"", "\"refresh_token\":\"", "\"id_token\":\"", "access_token=", "refresh_token=" })
        {
            if (text.IndexOf(name, StringComparison.Ordinal) is >= 0 and var found)
            {
                var start = found + name.Length;
                var end = text.AsSpan(start).IndexOfAny('"', '&');
                text = text[..start] + Mask(end < 0 ? text[start..] : text.Substring(start, end)) + (end < 0 ? "" : text[(start + end)..]);
            }
        }

        return text;
    }

    private static string Short(string text) => text.Length <= TextShown ? text : text[..TextShown] + "…";
}
