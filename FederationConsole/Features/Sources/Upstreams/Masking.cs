using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>What the test button shows of a conversation, without what must not be shown.</summary>
internal static class Masking
{
    private const int MaxShown = 2000;

    /// <summary>A third party may say a secret back: as it was sent, as JSON, or decoded.</summary>
    public static string Hide(string text, IEnumerable<string> secrets) => secrets
        .Where(secret => secret.Length > 0)
        .SelectMany(secret => new[] { Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).Value, JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value, secret.Replace("/", "\\/", StringComparison.Ordinal), secret })
        .Distinct(StringComparer.Ordinal)
        // The longest first: a secret that is part of another must not leave the rest of it standing.
        .OrderByDescending(form => form.Length)
        .Aggregate(text, (hidden, form) => hidden.Replace(form, Secret.Mask, StringComparison.OrdinalIgnoreCase));

    /// <summary>Hidden before it is cut: half a secret is one too many.</summary>
    public static string Shown(OutboundResult result, IEnumerable<string> secrets) => result switch
    {
        OutboundResult.Answered answer => Answers.Cut(Hide($"HTTP {answer.Status} {answer.ContentType}\n{Encoding.UTF8.GetString(answer.Body.Span)}", secrets), MaxShown)!,
        OutboundResult.Failed failed => failed.Reason.ToString(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
