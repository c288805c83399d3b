using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Messages;

/// <summary>
/// The customer's own gateway: one JSON object by POST, signed as webhooks are (README, "The wire of the provider http"). Any 2xx
/// means taken; any other answer is a refusal, whose body an administrator sees when sending a test.
/// </summary>
public sealed class HttpSender(OutboundCalls calls, TimeProvider clock) : IMessageSender
{
    public MessageProvider Provider => MessageProvider.Http;

    public async Task<Delivery> SendAsync(ChannelEntry entry, Message message, List<DeliveryStep>? trace, CancellationToken cancellation)
    {
        var (url, token) = (entry.Setting("url")!, entry.Secret("token")!);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new HttpMessage(message.Id, message.Channel == MessageChannel.Sms ? "sms" : "mail", message.Target, message.Subject, message.Text, message.Code)
            {
                Variables = message.Code is null ? message.Variables : null,
                Attachments = message.Picture is { } picture ? [new(picture.Name, "image/png", picture.Png)] : null,
            },
            HttpMessageJson.Wire.HttpMessage);
        var signature = Sign(token, clock.GetUtcNow().ToUnixTimeSeconds(), body);
        var result = await calls.SendAsync(
            new(entry.Partition, HttpMethod.Post, new Uri(url))
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
                Headers = [new("X-Signature", signature)],
            },
            cancellation);
        var delivery = Read(result);
        trace?.Add(new(
            "post", DeliveryText.Hide($"POST {url}\nX-Signature: {signature[..signature.IndexOf(',', StringComparison.Ordinal)]},v1=•••\n\n{Encoding.UTF8.GetString(body)}", token),
            DeliveryText.Hide(DeliveryText.Of(result), token), result.Elapsed, delivery is Delivery.Taken));
        return delivery;
    }

    /// <summary><c>t=&lt;unix seconds&gt;,v1=&lt;hex HMAC-SHA256(token, t + "." + body)&gt;</c>.</summary>
    public static string Sign(string token, long time, ReadOnlySpan<byte> body)
    {
        var t = time.ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(t + "."), .. body];
        return $"t={t},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), signed))}";
    }

    private static Delivery Read(OutboundResult result) => result switch
    {
        OutboundResult.Answered { Status: >= 200 and < 300 } => new Delivery.Taken(),
        OutboundResult.Answered answer => new Delivery.Refused($"HTTP {answer.Status}", DeliveryText.Body(answer)),
        OutboundResult.Failed failed => new Delivery.NotAsked(failed.Reason, failed.Reason.ToString()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>What a gateway is sent.</summary>
/// <param name="Channel"><c>sms</c> or <c>mail</c>.</param>
/// <param name="To">E.164 or a mail address.</param>
/// <param name="Subject">Of a mail.</param>
/// <param name="Code">For a gateway that words its messages itself; absent from a notice.</param>
internal sealed record HttpMessage(string Id, string Channel, string To, string? Subject, string Text, string? Code)
{
    /// <summary>Of a notice: what its text names, for a gateway that words its messages itself.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>Of a mail.</summary>
    public IReadOnlyList<HttpAttachment>? Attachments { get; init; }
}

/// <param name="Content">Base64.</param>
internal sealed record HttpAttachment(string Name, string Type, byte[] Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HttpMessage))]
internal sealed partial class HttpMessageJson : JsonSerializerContext
{
    private static HttpMessageJson? _wire;

    /// <summary>Chinese as it is written: a gateway that searches the text finds it.</summary>
    public static HttpMessageJson Wire => _wire ??= new(new JsonSerializerOptions(Default.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
