using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FederationConsole.Platform;

namespace FederationConsole.Faces;

/// <summary>What a face sends: a status and a body.</summary>
public readonly record struct FaceAnswer(int Status, object Body)
{
    /// <summary>Headers beside those that every answer has.</summary>
    public KeyValuePair<string, string>[]? Headers { get; init; }
}

/// <summary>A reply that is no JSON: a picture, a text.</summary>
public sealed record FaceFile(string ContentType, byte[] Bytes);

/// <summary>How one vendor's document is spoken: its JSON, its envelope, its word for every fault.</summary>
public abstract class Face
{
    /// <summary>For metrics and logs.</summary>
    public abstract string Name { get; }

    /// <summary>For its OpenAPI document and its folder in the collection.</summary>
    public abstract FaceAbout About { get; }

    /// <summary>The face's own types, by source generation.</summary>
    public abstract JsonSerializerContext Json { get; }

    /// <summary>Bytes of a request's body; more is refused before it is read.</summary>
    public virtual long MaxBodyBytes => 64 * 1024;

    public abstract FaceAnswer Succeed(object reply);

    public abstract FaceAnswer Fail(Fault fault);

    /// <summary>Of a face whose no of the business is HTTP 200 as a yes is (faces.md, OpenApi and Attendee): what proxies and monitors must see has a status of its own.</summary>
    protected static int BusinessStatus(FaultKind kind) =>
        kind is FaultKind.TokenMissing or FaultKind.TokenUnknown or FaultKind.TokenExpired ? StatusCodes.Status401Unauthorized
        : kind is FaultKind.UnknownRoute ? StatusCodes.Status404NotFound
        : kind is FaultKind.TooMany ? StatusCodes.Status429TooManyRequests
        : kind is FaultKind.Unexpected ? StatusCodes.Status503ServiceUnavailable
        : StatusCodes.Status200OK;

    public JsonTypeInfo<T> JsonOf<T>() => (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T))!;

    public ValueTask WriteAsync(HttpContext http, FaceAnswer answer)
    {
        if (answer.Body is FaceFile file)
        {
            return WriteFileAsync(http.Response, answer.Status, file);
        }

        var type = Json.GetTypeInfo(answer.Body.GetType()) ?? throw new InvalidOperationException($"{answer.Body.GetType().Name} is not in {Json.GetType().Name}.");
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json; charset=utf-8";
        // Answers carry tokens and personal data: no cache on the way may keep them.
        http.Response.Headers.CacheControl = "no-store";
        foreach (var (name, value) in answer.Headers ?? [])
        {
            http.Response.Headers[name] = value;
        }

        return ReusedBuffer.SendAsync(http.Response, answer.Body, type);
    }

    private static ValueTask WriteFileAsync(HttpResponse response, int status, FaceFile file)
    {
        (response.StatusCode, response.ContentType, response.ContentLength) = (status, file.ContentType, file.Bytes.Length);
        response.Headers.CacheControl = "no-store";
        return new(response.Body.WriteAsync(file.Bytes, 0, file.Bytes.Length));
    }

    /// <summary>One buffer and writer a thread: the whole answer is written before it is sent, so that its length is known.</summary>
    private static class ReusedBuffer
    {
        private const int MaxKept = 64 * 1024;

        [ThreadStatic]
        private static ArrayBufferWriter<byte>? _buffer;

        [ThreadStatic]
        private static Utf8JsonWriter? _writer;

        public static async ValueTask SendAsync(HttpResponse response, object body, JsonTypeInfo type)
        {
            Fill(body, type);
            response.ContentLength = _buffer!.WrittenCount;
            // Copied into the pipe before anything can yield: the buffer belongs to this thread.
            response.BodyWriter.Write(_buffer.WrittenSpan);
            await response.BodyWriter.FlushAsync();
        }

        private static void Fill(object body, JsonTypeInfo type)
        {
            if (_buffer is null || _buffer.Capacity > MaxKept)
            {
                _buffer = new();
                // One for all faces, whichever wrote first on this thread: Chinese as it is written, since an answer is never part of a page.
                _writer = new(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
            }

            _buffer.ResetWrittenCount();
            _writer!.Reset(_buffer);
            JsonSerializer.Serialize(_writer, body, type);
            _writer.Flush();
        }
    }
}
