using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary>A world whose app has a website: an address to come back to and an origin to embed from.</summary>
internal sealed class ScanWorld(World world) : IAsyncDisposable
{
    public const string Redirect = "https://shop.example/callback";
    public const string Origin = "https://shop.example";

    public World World { get; } = world;

    public string Secret { get; private set; } = "";

    public string ProductionSecret { get; private set; } = "";

    public static Task<ScanWorld> CreateAsync(DatabaseKind database) => CreateAsync(new TestHostOptions { Database = database });

    public static async Task<ScanWorld> CreateAsync(TestHostOptions options, params string[] furtherOrigins)
    {
        var scan = new ScanWorld(await World.CreateAsync(options));
        await scan.AllowAsync([Redirect, Redirect + "/with?query=1"], [Origin, .. furtherOrigins]);
        var catalog = scan.World.Get<ProjectCatalog>();
        scan.Secret = scan.World.Secrets.Single(s => catalog.App(scan.World.AppKey)!.HasSecret(s));
        scan.ProductionSecret = scan.World.Secrets.Single(s => catalog.App(scan.World.ProductionAppKey)!.HasSecret(s));
        return scan;
    }

    public async Task AllowAsync(IReadOnlyList<string> redirects, IReadOnlyList<string> origins)
    {
        var apps = World.Get<AppService>();
        var project = World.Development.ProjectId;
        foreach (var credential in World.Value(await apps.ListAsync(Actor.Host, project)).SelectMany(a => a.Credentials))
        {
            World.Done(await apps.SetAddressesAsync(Actor.Host, project, credential.Id, redirects, origins, credential.Version));
        }
    }

    /// <summary>Opens the page; by link unless another query is given.</summary>
    public async Task<Code> OpenAsync(string? appKey = null, string? query = null)
    {
        var page = await PageAsync($"/api/connect/qrlogin?app_id={appKey ?? World.AppKey}&{query ?? "redirect_uri=" + Uri.EscapeDataString(Redirect)}");
        Assert.True(page.Status == HttpStatusCode.OK, page.Html.Body!.TextContent);
        var root = page.Html.GetElementById("scan")!;
        return new(root.GetAttribute("data-ticket")!, root.GetAttribute("data-secret")!);
    }

    public Task<Page> PageAsync(string path, string? language = null) => PageAsync(HttpMethod.Get, path, null, language);

    public async Task<Page> PageAsync(HttpMethod method, string path, Dictionary<string, string>? form, string? language = null, string? cookie = null, string? origin = null, string? site = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (form is not null)
        {
            request.Content = new FormUrlEncodedContent(form);
        }

        foreach (var (name, value) in new[] { ("Accept-Language", language), ("Cookie", cookie), ("Origin", origin), ("Sec-Fetch-Site", site) }.Where(h => h.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await World.Host.Http.SendAsync(request);
        var html = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        var headers = response.Headers.ToDictionary(h => h.Key, h => string.Join("; ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, html, headers);
    }

    public Task<Answer> StateAsync(Code code, int last = 0) => World.SendAsync(HttpMethod.Get, $"/api/connect/qrlogin/state?ticket={code.Ticket}&secret={code.Secret}&last={last}");

    public async Task<JsonElement> NowAsync(Code code) => (await StateAsync(code)).Data();

    public Task<Answer> ScanAsync(Code code, string token) => World.PostAsync("/api/connect/scan", new { ticket = code.Ticket }, token);

    public Task<Answer> ConfirmAsync(Code code, string token, string? number) => World.PostAsync("/api/connect/confirm", new { ticket = code.Ticket, number }, token);

    public Task<Answer> CancelAsync(Code code, string token) => World.PostAsync("/api/connect/cancel", new { ticket = code.Ticket }, token);

    /// <summary>Scans and confirms with the number that the page shows; answers the auth_code.</summary>
    public async Task<string> LoginAsync(Code code, string token)
    {
        Assert.Equal(1, (await ScanAsync(code, token)).ScanCode());
        var number = (await NowAsync(code)).GetProperty("number").GetString();
        Assert.Equal(1, (await ConfirmAsync(code, token, number)).ScanCode());
        return (await NowAsync(code)).GetProperty("auth_code").GetString()!;
    }

    public Task<Answer> RedeemAsync(string authCode, string? appKey = null, string? secret = null) =>
        World.PostAsync("/api/connect/get-access-token", new { app_id = appKey ?? World.AppKey, app_secret = secret ?? Secret, auth_code = authCode });

    public Task<Answer> UserInfoAsync(string accessToken) => World.SendAsync(HttpMethod.Get, $"/api/connect/get-user-info?access_token={Uri.EscapeDataString(accessToken)}");

    public ValueTask DisposeAsync() => World.DisposeAsync();
}

/// <summary>What a page holds.</summary>
internal sealed record Code(string Ticket, string Secret);

internal sealed record Page(HttpStatusCode Status, AngleSharp.Html.Dom.IHtmlDocument Html, IReadOnlyDictionary<string, string> Headers)
{
    public string Policy => Headers["Content-Security-Policy"];

    public string Text => Html.Body!.TextContent;
}

internal static class ScanAnswers
{
    public static JsonElement Data(this Answer answer) => answer.Json.GetProperty("data");

    /// <summary>Seed 004's code. All are sent under HTTP 200.</summary>
    public static int ScanCode(this Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var code = answer.Data().GetProperty("code").GetInt32();
        Assert.Equal(code < 40000 ? 1 : 0, answer.Json.GetProperty("success").GetInt32());
        return code;
    }
}
