using System.Net;
using System.Text;
using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Support;

/// <summary>
/// A host with one project, as an administrator would set it up: an app whose service is enabled and one whose is not, and
/// source 10 in both environments.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private World(TestHost host, StandardThirdParty party) => (Host, Party) = (host, party);

    public TestHost Host { get; }

    public StandardThirdParty Party { get; }

    public EnvironmentEntry Development { get; private set; } = null!;

    public EnvironmentEntry Production { get; private set; } = null!;

    /// <summary>The app key of the enabled app in development, and its neighbour in production.</summary>
    public string AppKey { get; private set; } = "";

    public string ProductionAppKey { get; private set; } = "";

    /// <summary>Of the app whose service was never enabled.</summary>
    public string IdleAppKey { get; private set; } = "";

    /// <summary>Every secret that this world was set up with: none may ever be in a log.</summary>
    public List<string> Secrets { get; } = [];

    public static Task<World> CreateAsync(DatabaseKind database) => CreateAsync(new TestHostOptions { Database = database });

    public static async Task<World> CreateAsync(TestHostOptions options)
    {
        var settings = new Dictionary<string, string>(options.Settings) { ["Seed:Files:0"] = "" };
        var party = await StandardThirdParty.StartAsync();
        var world = new World(await TestHost.StartAsync(options with { Settings = settings }), party);
        await world.SetUpAsync();
        return world;
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>What a call was answered: its status and its JSON.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? accessToken = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        if (accessToken is not null)
        {
            request.Headers.Add("Access-Token", accessToken);
        }

        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        using var response = await Host.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text, JsonDocument.Parse(text).RootElement, response);
    }

    public Task<Answer> PostAsync(string path, object? body, string? accessToken = null) => SendAsync(HttpMethod.Post, path, body, accessToken);

    /// <summary>A first or further login of somebody who is signed in at the third party.</summary>
    public async Task<Login> LoginAsync(string openId, string answer = "", EnvironmentEntry? environment = null, string? resource = null)
    {
        var reply = await PostAsync("/v2/user_auth_third", new
        {
            source = 10, corp_id = (environment ?? Development).CorpId, open_id = openId, access_token = Party.SignIn(openId, answer), resource,
        });
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text + string.Concat(Host.Log.Lines.Where(l => l.Contains("xception", StringComparison.Ordinal))));
        return new(
            reply.Json.GetProperty("user_id").GetInt64(), reply.Json.GetProperty("access_token").GetString()!,
            reply.Json.GetProperty("refresh_token").GetString()!, reply.Json.GetProperty("authorize").GetString()!);
    }

    /// <summary>Sets the policies of development, as a project file would.</summary>
    public async Task SetAsync(Policies policies)
    {
        Done(await Get<Store>().WriteAsync<Outcome>(Scope.Of(Development.ProjectId), async db =>
        {
            var environment = await db.Set<ProjectEnvironment>().FirstAsync(e => e.Id == Development.Id);
            environment.Policies = policies;
            db.Audit(Actor.Host, "environment.updated", "environment", environment.CorpId);
            db.Signal(ProjectCatalog.Topic);
            return Outcome.Done;
        }));
        Development = Get<ProjectCatalog>().Environment(Development.Id)!;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Party.DisposeAsync();
    }

    private async Task SetUpAsync()
    {
        var (projects, apps, catalog) = (Get<ProjectService>(), Get<AppService>(), Get<ProjectCatalog>());
        var project = Value(await projects.CreateAsync(Actor.Host, "acme", "示例企业"));
        var shop = Value(await apps.CreateAsync(Actor.Host, project, "shop", "商城"));
        var idle = Value(await apps.CreateAsync(Actor.Host, project, "crm", "客户管理"));
        Done(await apps.EnableServiceAsync(Actor.Host, project, shop.Id));
        Development = catalog.Environment("acme", EnvironmentKind.Development)!;
        Production = catalog.Environment("acme", EnvironmentKind.Production)!;
        AppKey = catalog.App(shop.Id, Development.Id)!.AppKey;
        ProductionAppKey = catalog.App(shop.Id, Production.Id)!.AppKey;
        IdleAppKey = catalog.App(idle.Id, Development.Id)!.AppKey;
        Secrets.AddRange([.. shop.Secrets.Values, .. idle.Secrets.Values, Party.Token]);
        foreach (var environment in new[] { Development, Production })
        {
            Done(await Get<SourceService>().SaveAsync(Actor.Host, environment.Id, new(
                SourceKind.Standard, "", Enabled: true,
                new Dictionary<string, string> { ["url"] = Party.Url }, new Dictionary<string, string?> { ["token"] = Party.Token }, Version: 0)));
        }
    }

    public static T Value<T>(Outcome<T> outcome)
        where T : notnull => outcome.Ok ? outcome.Value : throw new InvalidOperationException(outcome.Fault.ToString());

    public static void Done(Outcome outcome) => Assert.Null(outcome.Fault);
}

internal sealed record Answer(HttpStatusCode Status, string Text, JsonElement Json, HttpResponseMessage Response)
{
    /// <summary>Seed 002's error code; 0 for a success.</summary>
    public int Code => Json.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0;

    public string Message => Json.GetProperty("error").GetProperty("msg").GetString()!;
}

internal sealed record Login(long UserId, string AccessToken, string RefreshToken, string Authorize);
