using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FederationConsole.Platform;

namespace FederationConsole.Faces;

/// <summary>What a face sends: a status and a body.</summary>
public readonly record struct FaceAnswer(int Status, object Body);

/// <summary>How one vendor's document is spoken: its JSON, its envelope, its word for every fault.</summary>
public abstract class Face
{
    /// <summary>For metrics and logs.</summary>
    public abstract string Name { get; }

    /// <summary>The face's own types, by source generation.</summary>
    public abstract JsonSerializerContext Json { get; }

    /// <summary>Bytes of a request's body; more is refused before it is read.</summary>
    public virtual long MaxBodyBytes => 64 * 1024;

    public abstract FaceAnswer Succeed(object reply);

    public abstract FaceAnswer Fail(Fault fault);

    public JsonTypeInfo<T> JsonOf<T>() => (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T))!;

    public async Task WriteAsync(HttpContext http, FaceAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json; charset=utf-8";
        // Answers carry tokens and personal data: no cache on the way may keep them.
        http.Response.Headers.CacheControl = "no-store";
        var type = Json.GetTypeInfo(answer.Body.GetType()) ?? throw new InvalidOperationException($"{answer.Body.GetType().Name} is not in {Json.GetType().Name}.");
        await JsonSerializer.SerializeAsync(http.Response.BodyWriter, answer.Body, type, http.RequestAborted);
    }
}
