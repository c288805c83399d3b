using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Messages;

/// <summary>
/// Alibaba Cloud SMS, action SendSms of 2017-05-25, signed by ACS3-HMAC-SHA256 (the vendor's "V3 request structure and
/// signature"). Its templates are approved there and word the text; ours give the one of codes the variable <c>code</c> alone, and that
/// of notices those that the notice's text names, because a variable that the template does not declare may be refused.
/// </summary>
public sealed class AliyunSender(OutboundCalls calls, TimeProvider clock) : IMessageSender
{
    private const string Host = "https://dysmsapi.aliyuncs.com";
    private const string China = "+86";

    /// <summary>The setting that names the template of notices; without it none are sent.</summary>
    public const string NoticeTemplate = "noticeTemplateCode";

    public MessageProvider Provider => MessageProvider.Aliyun;

    public async Task<Delivery> SendAsync(ChannelEntry entry, Message message, List<DeliveryStep>? trace, CancellationToken cancellation)
    {
        var secret = entry.Secret("accessKeySecret")!;
        var query = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            // Numbers of China without their zone; others with it and without the plus.
            ["PhoneNumbers"] = message.Zone == China ? message.National : message.Target[1..],
            ["SignName"] = entry.Setting("signName")!,
            ["TemplateCode"] = entry.Setting(message.Code is null ? NoticeTemplate : "templateCode")!,
            ["TemplateParam"] = JsonColumn.Text(message.Variables),
        };
        var address = new Uri($"{entry.Setting("apiBase")?.TrimEnd('/') ?? Host}/?{AliyunSignature.Canonical(query)}");
        var signed = AliyunSignature.Sign(
            new(entry.Setting("accessKeyId")!, secret, "SendSms", "2017-05-25", clock.GetUtcNow(), message.Id), "POST", address, []);
        var result = await calls.SendAsync(new(entry.Partition, HttpMethod.Post, address) { Content = new ByteArrayContent([]), Headers = signed }, cancellation);
        var delivery = Read(result);
        trace?.Add(new(
            "SendSms",
            DeliveryText.Hide($"POST {address.AbsoluteUri}\n{string.Join('\n', signed.Where(h => h.Key != "Authorization").Select(h => $"{h.Key}: {h.Value}"))}\nAuthorization: •••", secret),
            DeliveryText.Hide(DeliveryText.Of(result), secret), result.Elapsed, delivery is Delivery.Taken));
        return delivery;
    }

    /// <summary>200 with <c>"Code":"OK"</c> alone is a yes; a refusal comes as 200 or as 4xx with a code.</summary>
    private static Delivery Read(OutboundResult result)
    {
        if (result is OutboundResult.Failed failed)
        {
            return new Delivery.NotAsked(failed.Reason, failed.Reason.ToString());
        }

        var answer = (OutboundResult.Answered)result;
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("Code", out var code) && code.ValueKind == JsonValueKind.String)
            {
                return code.ValueEquals("OK") && answer.Status == 200
                    ? new Delivery.Taken()
                    : new Delivery.Refused(code.GetString()!, root.TryGetProperty("Message", out var text) ? text.ToString() : null);
            }
        }
        catch (JsonException)
        {
            // An answer that is no JSON is one that nobody can read, which is said below.
        }

        return new Delivery.NotAsked(null, $"HTTP {answer.Status}");
    }
}

/// <param name="Nonce">Never twice.</param>
public sealed record AliyunCall(string KeyId, string KeySecret, string Action, string Version, DateTimeOffset At, string Nonce);

/// <summary>The vendor's signature V3: held by a test against the worked example of its page.</summary>
public static class AliyunSignature
{
    private const string Algorithm = "ACS3-HMAC-SHA256";

    /// <summary>Names and values by RFC 3986, in the order of the names.</summary>
    public static string Canonical(SortedDictionary<string, string> query) =>
        string.Join('&', query.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));

    /// <summary>The headers of the call, Authorization last.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(AliyunCall call, string method, Uri address, ReadOnlySpan<byte> body)
    {
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body));
        KeyValuePair<string, string>[] headers =
        [
            new("host", address.Authority),
            new("x-acs-action", call.Action),
            new("x-acs-content-sha256", bodyHash),
            new("x-acs-date", call.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            new("x-acs-signature-nonce", call.Nonce),
            new("x-acs-version", call.Version),
        ];
        var names = string.Join(';', headers.Select(h => h.Key));
        var canonical = $"{method}\n{address.AbsolutePath}\n{address.Query.TrimStart('?')}\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{bodyHash}";
        var toSign = $"{Algorithm}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(call.KeySecret), Encoding.UTF8.GetBytes(toSign)));
        return [.. headers, new("Authorization", $"{Algorithm} Credential={call.KeyId},SignedHeaders={names},Signature={signature}")];
    }
}
