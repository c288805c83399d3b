using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FederationConsole.Features.Sandbox;

/// <summary>How a person's third party answers the platform: the two right answers, the no, and what goes wrong out there.</summary>
public enum Behaviour
{
    /// <summary>200 with the profile.</summary>
    Approve,
    /// <summary>200 with nothing in it, the older form of a yes.</summary>
    ApproveEmpty,
    Refuse,
    Expire,
    /// <summary>No answer; the connection is cut after <see cref="StandardUserInfo.Silence"/>.</summary>
    Hang,
    Html,
    BrokenJson,
    /// <summary>302 to the sandbox's pages: a caller that follows gets a 200 and must not take it for a yes.</summary>
    Redirect,
    /// <summary>1 MiB of JSON that is valid to the last byte: only a limit on the size stops it.</summary>
    Large,
    ServerError,
    /// <summary>The right names with values of the wrong types.</summary>
    WrongTypes,
}

/// <summary>An answer, ready to be sent.</summary>
/// <param name="Status">The HTTP status; 0 is no answer at all.</param>
/// <param name="Location">Where a redirect points.</param>
public sealed record StandardAnswer(int Status, byte[] Body, string ContentType = StandardAnswer.Json, string? Location = null)
{
    private const string Json = "application/json; charset=utf-8";

    // "+86" as it is: this JSON is a reference that people read, and never part of a page.
    internal static readonly JsonSerializerOptions Plain = new(SandboxJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The one "no" that upstreams knows: HTTP 403, code 4030001. `msg` is for people.
    public static readonly StandardAnswer Refused = Error(403, 4030001, "token invalid");
    public static readonly StandardAnswer Expired = Error(403, 4030001, "token expired");
    public static readonly StandardAnswer BadSign = Error(403, 4030001, "sign invalid");
    public static readonly StandardAnswer BadHeader = Error(403, 4030001, "X-Signature invalid");
    public static readonly StandardAnswer Stale = Error(403, 4030001, "timestamp more than 5 minutes off");
    public static readonly StandardAnswer Incomplete = Error(400, 4001002, "access_token, open_id, timestamp and sign are needed, once each");

    private static readonly StandardAnswer Empty = new(200, [], "");
    internal static readonly StandardAnswer None = new(0, []);
    internal static readonly StandardAnswer Html =
        new(200, "<!doctype html><title>Login</title><h1>Please sign in</h1>"u8.ToArray(), MediaTypeNames.Text.Html);
    internal static readonly StandardAnswer Broken = new(200, """{"phone":"13800000000","nickname":"""u8.ToArray());
    internal static readonly StandardAnswer Redirect = new(302, [], "", "/sandbox");
    internal static readonly StandardAnswer Large =
        new(200, Encoding.ASCII.GetBytes("{\"nickname\":\"" + new string('x', 1024 * 1024) + "\"}"));
    internal static readonly StandardAnswer Crashed = new(500, "Internal Server Error"u8.ToArray(), MediaTypeNames.Text.Plain);
    private static readonly StandardAnswer WrongTypes =
        new(200, """{"phone":13800000000,"phone_zone":86,"email":["a@example.com"],"nickname":{"zh":"x"},"avatar":true}"""u8.ToArray());

    public static StandardAnswer Of(Person person) => person.Behaviour switch
    {
        Behaviour.Approve => person.Profile,
        Behaviour.ApproveEmpty => Empty,
        Behaviour.Refuse => Refused,
        Behaviour.Expire => Expired,
        Behaviour.Hang => None,
        Behaviour.Html => Html,
        Behaviour.BrokenJson => Broken,
        Behaviour.Redirect => Redirect,
        Behaviour.Large => Large,
        Behaviour.ServerError => Crashed,
        Behaviour.WrongTypes => WrongTypes,
    };

    /// <summary>The yes of faces.md, source 10: an object whose fields are all optional.</summary>
    public static StandardAnswer Yes(string? nickname, string? phone, string? email) =>
        new(200, JsonSerializer.SerializeToUtf8Bytes(new ProfileReply(nickname, phone, phone is null ? null : "+86", email), Plain));

    /// <summary>No answer at all is held for <see cref="StandardUserInfo.Silence"/>, then the connection is cut.</summary>
    public async Task SendAsync(HttpContext context, TimeProvider clock)
    {
        if (Status == 0)
        {
            // The caller leaving early is what a hang is for: no exception.
            await Task.Delay(StandardUserInfo.Silence, clock, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        response.ContentLength = Body.Length;
        response.Headers.CacheControl = "no-store";
        if (ContentType.Length > 0)
        {
            response.ContentType = ContentType;
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        await response.Body.WriteAsync(Body);
    }

    private static StandardAnswer Error(int status, int code, string msg) =>
        new(status, Encoding.UTF8.GetBytes(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["msg"] = msg } }.ToJsonString()));

    private sealed record ProfileReply(string? Nickname, string? Phone, string? PhoneZone, string? Email);
}
