using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan.Phone;

/// <summary>
/// Who is signed in on the phone page: a session as any other, its access token in a cookie that scripts cannot read, other sites'
/// forms do not send, and no other path gets. One cookie an environment.
/// </summary>
public sealed class PhoneSessions(SessionCheck check, SessionService sessions)
{
    /// <summary>The hidden field of every form that decides something.</summary>
    public const string KeyField = "key";

    private const string Path = "/m/scan";

    public async Task<ScanPerson?> FindAsync(HttpContext http, EnvironmentEntry environment)
    {
        var session = await check.CheckAsync(http.Request.Cookies[Name(environment)]);
        return session.Ok && session.Value.EnvironmentId == environment.Id
            ? new(session.Value, new(ActorKind.User, session.Value.UserId.ToString(), "", http.Connection.RemoteIpAddress?.ToString(), http.TraceIdentifier))
            : null;
    }

    public static void Begin(HttpContext http, EnvironmentEntry environment, IssuedSession session) =>
        http.Response.Cookies.Append(Name(environment), session.AccessToken, Options(http, TimeSpan.FromSeconds(session.ExpiresIn)));

    public async Task EndAsync(HttpContext http, EnvironmentEntry environment)
    {
        if (await FindAsync(http, environment) is { } person)
        {
            await sessions.EndAsync(environment.Id, person.Session.Id, SessionEnd.LoggedOut);
        }

        http.Response.Cookies.Delete(Name(environment), Options(http, null));
    }

    /// <summary>Good for this session and this ticket: a form that another page made up cannot know it.</summary>
    public static string KeyOf(HttpContext http, EnvironmentEntry environment, string ticket) => Base64Url.EncodeToString(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(http.Request.Cookies[Name(environment)] ?? ""), Encoding.UTF8.GetBytes("form:" + ticket)));

    public static bool HasKey(HttpContext http, IFormCollection form, EnvironmentEntry environment, string ticket) =>
        Tokens.Matches(form[KeyField].ToString(), Tokens.Hash(KeyOf(http, environment, ticket)));

    /// <summary>
    /// Whether the form stood on a page of this host: browsers say so with every POST. The host alone is compared, because a proxy
    /// in front may speak https where we hear http.
    /// </summary>
    public static bool IsOurs(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value;

    private static string Name(EnvironmentEntry environment) => $"scan-{environment.Id}";

    private static CookieOptions Options(HttpContext http, TimeSpan? life) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = Path, MaxAge = life, IsEssential = true,
    };
}
