using System.Collections.Concurrent;
using System.Text.Json;
using FederationConsole.Features.Projects;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>
/// A vendor's account server on loopback, as seed 003 tells a vendor to build one. It knows nothing of the product's code, and does worse
/// than the seed when told to.
/// </summary>
internal sealed class VendorParty : IAsyncDisposable
{
    public const string TokenPath = "/oauth2.0/get_access_token";
    public const string UserInfoPath = "/sns/userinfo";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _codes = new();
    private readonly ConcurrentDictionary<string, string> _access = new();
    private readonly ConcurrentDictionary<string, string> _refresh = new();

    private VendorParty(WebApplication app) => _app = app;

    public string ClientId { get; } = "vendor-app-key";

    public string ClientSecret { get; } = "vendor-secret/+" + Guid.NewGuid().ToString("N");

    public string TokenUrl => _app.Urls.Single() + TokenPath + "?tenant=7";

    public string UserInfoUrl => _app.Urls.Single() + UserInfoPath;

    /// <summary>Seed 003's name → this vendor's.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>An older guide's server: its token address takes GET alone.</summary>
    public bool GetOnly { get; set; }

    /// <summary>What a person's user info says beside openid.</summary>
    public Dictionary<string, object?> Profile { get; } = new() { ["nick_name"] = "李清华", ["avatar_url"] = "image.com/1.png", ["gender"] = "1" };

    /// <summary>Changes an honest yes before it is sent, by the path that was asked.</summary>
    public Action<string, Dictionary<string, object?>>? Twist { get; set; }

    /// <summary>In place of an honest answer, where it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Misbehave { get; set; }

    /// <summary>Path and grant_type of each question, in their order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Refresh tokens that this vendor would take now.</summary>
    public ICollection<string> RefreshTokens => _refresh.Keys;

    public static async Task<VendorParty> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var party = new VendorParty(builder.Build());
        party._app.Run(party.ServeAsync);
        await party._app.StartAsync();
        return party;
    }

    /// <summary>第一步: what the vendor's app is given when somebody signs in there.</summary>
    public string Authorize(string openId)
    {
        var code = "code/+" + Guid.NewGuid().ToString("N");
        _codes[code] = openId;
        return code;
    }

    /// <summary>用户改密或解除授权.</summary>
    public void Revoke() => Answer("100004", "revoked");

    /// <summary>Every question is answered with this code from now on.</summary>
    public void Answer(string code, string message) => Misbehave = http => SayAsync(http, JsonSerializer.Serialize(new Dictionary<string, object> { [Name("result_code")] = code, [Name("message")] = message }));

    public static async Task<bool> SayAsync(HttpContext http, string text, int status = 200)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(text);
        return true;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private string Name(string field) => Names.GetValueOrDefault(field, field);

    private async Task ServeAsync(HttpContext http)
    {
        var isToken = http.Request.Path == TokenPath;
        var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).ToDictionary(p => p.Key, p => p.Value.ToString()) : [];
        var asked = HttpMethods.IsGet(http.Request.Method) ? http.Request.Query.ToDictionary(p => p.Key, p => p.Value.ToString()) : form;
        Asked.Enqueue($"{http.Request.Path} {asked.GetValueOrDefault(Name("grant_type"))}".Trim());
        if (isToken && http.Request.Query["tenant"] != "7")
        {
            Complaints.Enqueue("the address's own query is lost");
        }

        if (Misbehave is { } misbehave && await misbehave(http))
        {
            return;
        }

        if (http.Request.Method != (isToken && GetOnly ? "GET" : "POST"))
        {
            await SayAsync(http, "<html>405</html>", 405);
            return;
        }

        string Of(string field) => asked.GetValueOrDefault(Name(field)) ?? "";
        var (code, yes) = isToken ? Tokens(Of) : UserInfo(Of);
        var reply = yes ?? [];
        reply["result_code"] = code;
        reply["message"] = code == "0" ? "成功" : "vendor says " + code;
        if (code == "0")
        {
            Twist?.Invoke(http.Request.Path, reply);
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(JsonSerializer.Serialize(reply.ToDictionary(p => Name(p.Key), p => p.Value)));
    }

    private (string Code, Dictionary<string, object?>? Yes) Tokens(Func<string, string> asked)
    {
        if (asked("client_id") != ClientId || asked("client_secret") != ClientSecret)
        {
            Complaints.Enqueue("client_id or client_secret");
            return ("110000", null);
        }

        switch (asked("grant_type"))
        {
            case "authorization_code":
                return _codes.TryRemove(asked("code"), out var openId) ? ("0", Issue(openId, withOpenId: true)) : ("100002", null);
            case "refresh_token":
                return _refresh.TryRemove(asked("refresh_token"), out var known) ? ("0", Issue(known, withOpenId: false)) : ("100003", null);
            default:
                Complaints.Enqueue("grant_type " + asked("grant_type"));
                return ("110000", null);
        }
    }

    private (string Code, Dictionary<string, object?>? Yes) UserInfo(Func<string, string> asked) =>
        !_access.TryGetValue(asked("access_token"), out var openId) ? ("100005", null)
        : openId != asked("openid") ? ("100006", null)
        : ("0", new(Profile) { ["openid"] = openId });

    private Dictionary<string, object?> Issue(string openId, bool withOpenId)
    {
        var (access, refresh) = ("access/+" + Guid.NewGuid().ToString("N"), "refresh/+" + Guid.NewGuid().ToString("N"));
        (_access[access], _refresh[refresh]) = (openId, openId);
        var yes = new Dictionary<string, object?> { ["access_token"] = access, ["expires_in"] = "7200", ["refresh_token"] = refresh };
        if (withOpenId)
        {
            yes["openid"] = openId;
        }

        return yes;
    }
}

/// <summary>A vendor set up in a world, as an administrator would do it.</summary>
internal static class WorldVendors
{
    public static async Task<VendorParty> AddVendorAsync(this World world, EnvironmentEntry? environment = null)
    {
        var party = await VendorParty.StartAsync();
        await world.SetUpAsync(party, environment: environment);
        world.Secrets.Add(party.ClientSecret);
        return party;
    }

    public static async Task SetUpAsync(this World world, VendorParty party, bool mobileVerified = false, int version = 0, EnvironmentEntry? environment = null)
    {
        var there = environment ?? world.Development;
        World.Done(await world.Get<VendorService>().SaveAsync(Actor.Host, there.Id, world.EditOf(party, mobileVerified, version, there)));
    }

    public static VendorEdit EditOf(this World world, VendorParty party, bool mobileVerified = false, int version = 0, EnvironmentEntry? environment = null) => new(
        world.AppOf(environment ?? world.Development), party.TokenUrl, party.UserInfoUrl, party.ClientId, party.ClientSecret,
        party.GetOnly ? TokenMethod.Get : TokenMethod.Post, party.Names, mobileVerified, version);

    public static AppId AppOf(this World world, EnvironmentEntry environment) =>
        world.Get<ProjectCatalog>().App(environment.Id == world.Development.Id ? world.AppKey : world.ProductionAppKey)!.Id;

    public static async Task<VendorDetails> VendorAsync(this World world, EnvironmentEntry? environment = null) =>
        World.Value(await world.Get<VendorService>().ListAsync(Actor.Host, (environment ?? world.Development).Id)).Single(a => a.Vendor is not null).Vendor!;

    public static Task<Answer> VendorLoginAsync(this World world, string code, string? resource = null, string? appKey = null) =>
        world.PostAsync("/account/v1/oauth/login", new { app_key = appKey ?? world.AppKey, auth_code = code, resource });

    public static Task<Answer> VendorRefreshAsync(this World world, string refreshToken, string? appKey = null) =>
        world.PostAsync("/account/v1/oauth/refresh", new { refresh_token = refreshToken, app_key = appKey });

    public static string ResultCode(this Answer answer) => answer.Json.GetProperty("result_code").GetString()!;

    public static string ResultMessage(this Answer answer) => answer.Json.GetProperty("message").GetString()!;

    public static string Text(this Answer answer, string name) => answer.Json.GetProperty(name).GetString()!;
}
