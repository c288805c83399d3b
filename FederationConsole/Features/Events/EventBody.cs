using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Projects;

namespace FederationConsole.Features.Events;

/// <summary>What travels: the same bytes at every try, and a signature made anew for each.</summary>
public static class EventBody
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"id","type","at","corp_id","environment","user_id","data"}</c>; user_id is null where an event concerns no user.</summary>
    public static byte[] Of(OutboxEvent happened, EnvironmentEntry environment)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteString("id", Id(happened.Id));
            json.WriteString("type", happened.Type);
            json.WriteString("at", happened.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("corp_id", environment.CorpId);
            json.WriteString("environment", environment.Kind == EnvironmentKind.Production ? "production" : "development");
            if (happened.UserId.Value == 0)
            {
                json.WriteNull("user_id");
            }
            else
            {
                json.WriteNumber("user_id", happened.UserId.Value);
            }

            json.WritePropertyName("data");
            json.WriteRawValue(happened.Payload);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>X-Event-Id: a receiver that has seen it may forget the second one.</summary>
    public static string Id(long eventId) => eventId.ToString(CultureInfo.InvariantCulture);

    /// <summary>X-Signature (faces.md, Webhooks): <c>t=unix seconds,v1=hex HMAC-SHA256(secret, t + "." + body)</c>.</summary>
    public static string Signature(string secret, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
