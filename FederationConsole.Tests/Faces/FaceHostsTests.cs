using System.Net;
using System.Text;
using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.JointLogin;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Faces.OpenApi;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Tests.Faces;

/// <summary>faces.md: <c>Hosts:*</c> give faces names of their own, and each answers under its name alone.</summary>
public sealed class FaceHostsTests
{
    private const string OAuth = "oauth.test";
    private const string OpenApi = "api.test";
    private const string Conf = "conf.test:8443";
    private const string Own = "console.test";

    private static readonly Dictionary<string, string> Named = new()
    {
        // As seed 000's table writes them: with a slash, and without.
        ["Hosts:OAuth"] = "https://oauth.test/", ["Hosts:OpenApi"] = "http://api.test", ["Hosts:Conf"] = "https://conf.test:8443",
    };

    private static readonly string[] All = [OAuth, OpenApi, Conf, Own, "conf.test"];

    private static readonly (string Call, string[] Hosts)[] Calls =
    [
        ("POST /connect/token", [OAuth]),
        ("GET /connect/anything", [OAuth]),
        ("POST /op/userresource/AccountUser/v1/createForClient", [OpenApi]),
        ("GET /op/security/usercode", [OpenApi]),
        ("POST /op/security/autologin", [OpenApi, Conf]),
        ("POST /op/security/refresh", [OpenApi, Conf]),
        ("GET /home/autoLogin.html", [Conf]),
        ("GET /HOME/autologin.html", [Conf]),
        ("POST /v2/user_auth", [Own, "conf.test"]),
        ("POST /account/v1/oauth/login", [Own, "conf.test"]),
        ("GET /api/connect/get-user-info", [Own, "conf.test"]),
        ("GET /m/scan/none", [Own, "conf.test"]),
        ("GET /account/sign-in", [Own, "conf.test"]),
        ("GET /healthz", All),
        ("GET /js/session.js", All),
        ("GET /openapi/openapi.json", All),
        ("GET /css/light.css", All),
    ];

    [Fact]
    public async Task A_face_answers_under_its_own_name_alone_and_elsewhere_as_an_unknown_route()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = Named });
        foreach (var (call, hosts) in Calls)
        {
            foreach (var host in All)
            {
                var answer = await SendAsync(world, call, host);
                var unknown = await SendAsync(world, call.Split(' ')[0] + " /no-such-route", host);
                Assert.Equal((HttpStatusCode.NotFound, ""), unknown);
                Assert.True(hosts.Contains(host) != (answer == unknown), $"{call} at {host}: {answer}");
            }
        }

        // A browser is led to the console's own page for what is not there (which asks who it is), and nowhere under a face's name.
        Assert.Equal((HttpStatusCode.Redirect, ""), await SendAsync(world, "GET /op/x", Own, html: true));
        Assert.Equal((HttpStatusCode.Redirect, ""), await SendAsync(world, "GET /no-such-route", Own, html: true));
        Assert.Equal((HttpStatusCode.NotFound, ""), await SendAsync(world, "GET /op/x", Conf, html: true));
    }

    [Fact]
    public async Task Without_names_all_faces_are_one_host_whatever_it_is_called()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        foreach (var (call, _) in Calls)
        {
            foreach (var host in All)
            {
                Assert.NotEqual((HttpStatusCode.NotFound, ""), await SendAsync(world, call, host));
            }
        }
    }

    [Fact]
    public async Task Links_are_made_with_the_names_and_lead_through()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Hosts:Conf"] = Named["Hosts:Conf"] } });
        await world.AllowReturnAsync(JointWorld.Site);
        var user = await world.RegisteredAsync("13838383388");
        var link = await LinkAsync(world, user);
        Assert.StartsWith("https://conf.test:8443/home/autoLogin.html?uid=", link.AbsoluteUri, StringComparison.Ordinal);
        var (status, text) = await SendAsync(world, "GET " + link.PathAndQuery, Conf);
        Assert.True(status == HttpStatusCode.OK && text.Contains("id=\"autologin\"", StringComparison.Ordinal), text);
        var asked = System.Web.HttpUtility.ParseQueryString(link.Query);
        var redeemed = await SendAsync(world, "POST /op/security/autologin", Conf, JsonSerializer.Serialize(new { uid = asked["uid"], code = asked["code"], returl = asked["returl"] }));
        Assert.Contains("\"businessCode\":0", redeemed.Text, StringComparison.Ordinal);

        // An environment's own name comes before the host's, and answers too.
        await HasNameAsync(world, "https://meet.acme.test");
        var own = await LinkAsync(world, user);
        Assert.StartsWith("https://meet.acme.test/home/autoLogin.html?uid=", own.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(world, "GET " + own.PathAndQuery, "meet.acme.test")).Status);
        Assert.Equal((HttpStatusCode.NotFound, ""), await SendAsync(world, "GET " + own.PathAndQuery, Own));

        // OpenApi has no name: it stays where the console is.
        Assert.NotEqual((HttpStatusCode.NotFound, ""), await SendAsync(world, "GET /op/security/usercode", Own));
    }

    [Theory]
    [InlineData("api.example.com")]
    [InlineData("https://api.example.com/op")]
    [InlineData("ftp://api.example.com")]
    [InlineData("https://user@api.example.com")]
    public async Task A_name_that_is_none_stops_the_start_and_is_named(string name)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.StartAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Hosts:OpenApi"] = name } }));
        Assert.Contains("Hosts:OpenApi", stopped.Message, StringComparison.Ordinal);
    }

    private static async Task<Uri> LinkAsync(World world, UserId user)
    {
        var app = world.Get<ProjectCatalog>().App(world.AppKey)!;
        return new(World.Value(await world.Get<JointCodes>().MakeLinkAsync(Actor.Host, world.Development.Id, new(app.Id, user, JointWorld.Site, false), new("http://console.test/"))));
    }

    private static async Task HasNameAsync(World world, string conf) =>
        World.Done(await world.Get<Store>().WriteAsync<Outcome>(Scope.Of(world.Development.ProjectId), async db =>
        {
            var environment = await db.Set<ProjectEnvironment>().FirstAsync(e => e.Id == world.Development.Id);
            environment.Hosts = new(Conf: conf);
            db.Audit(Actor.Host, "environment.updated", "environment", environment.CorpId);
            db.Signal(ProjectCatalog.Topic);
            return Outcome.Done;
        }));

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(World world, string call, string host, string body = "{}", bool html = false)
    {
        var (verb, path) = (call.Split(' ', 2)[0], call.Split(' ', 2)[1]);
        using var request = new HttpRequestMessage(new HttpMethod(verb), new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        if (html)
        {
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
        }

        if (verb == "POST")
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await world.Host.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
