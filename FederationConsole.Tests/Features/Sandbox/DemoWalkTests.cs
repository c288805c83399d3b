using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Features.ProjectFiles;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Sandbox;

/// <summary>What a newcomer does: the demo project, the host's own third parties, and no network.</summary>
public sealed class DemoWalkTests
{
    private static readonly (string Name, int Source)[] Parties =
    [
        ("wechat", 4), ("qq", 5), ("weibo", 6), ("facebook", 7), ("twitter", 8), ("alipay", 9), ("standard", 10), ("apple", 12), ("google", 13),
    ];

    [Theory, BothDatabases]
    public async Task Each_of_the_nine_lets_a_newcomer_in(DatabaseKind database)
    {
        await using var host = await StartAsync(database);
        foreach (var (name, source) in Parties)
        {
            // Twitter's signed question is 5.1.4's; a token does for 5.1.1 and 5.1.2.
            JsonObject ask = source == 8 ? new() { ["credential"] = "token" } : [];
            var first = await IssueAsync(host, name, ask);
            var before = await CallAsync(host, "/v2/user/third/register_check", source, first);
            Assert.True(before.Body == """{"is_register":false}""", $"{name}: {before.Body}");

            // A code is good once; whoever stays the same gets another one.
            ask["open_id"] = first["open_id"]!.GetValue<string>();
            var signedIn = await CallAsync(host, "/v2/user_auth_third", source, await IssueAsync(host, name, ask));
            Assert.True(signedIn.Status == HttpStatusCode.OK, $"{name}: {signedIn.Body}");
            var after = await CallAsync(host, "/v2/user/third/register_check", source, await IssueAsync(host, name, ask));
            Assert.Contains("\"is_register\":true", after.Body, StringComparison.Ordinal);
        }

        var demo = host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
        var identities = await host.Get<Store>().ReadAsync(demo.Scope, db => db.Set<Identity>().OrderBy(i => i.Source).Select(i => i.Source).ToListAsync());
        Assert.Equal(Parties.Select(p => p.Source), identities);
    }

    [Fact]
    public async Task Twitters_signed_question_is_good_once()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        var signed = await IssueAsync(host, "twitter", []);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, "/v2/user_auth_third_foreign", 8, signed)).Status);
        Assert.Contains("4001059", (await CallAsync(host, "/v2/user_auth_third_foreign", 8, signed)).Body, StringComparison.Ordinal);
        var tampered = await IssueAsync(host, "twitter", []);
        tampered["oauth_nonce"] = "another";
        Assert.Contains("4001059", (await CallAsync(host, "/v2/user_auth_third_foreign", 8, tampered)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_vendor_does_else_lets_nobody_in()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        foreach (var (name, source) in Parties.Where(p => p.Source != 10))
        {
            var credential = source == 8 ? "token" : null;
            foreach (var behaviour in new[] { "refuse", "expire", "other_user", "other_app", "html", "broken_json", "redirect", "large", "server_error" })
            {
                using var issued = await host.Http.PostAsJsonAsync($"/sandbox/{name}/issue", new { behaviour, credential });
                if (issued.StatusCode == HttpStatusCode.BadRequest)
                {
                    // This vendor's wire has no place to say it: no other user at WeChat and Google, no other app at four of them.
                    Assert.Contains(behaviour, (string[])["other_user", "other_app"]);
                    continue;
                }

                var reply = await CallAsync(host, "/v2/user_auth_third", source, (await issued.Content.ReadFromJsonAsync<JsonObject>())!);
                Assert.True(reply.Status == HttpStatusCode.BadRequest, $"{name} {behaviour}: {reply.Body}");
            }
        }
    }

    [Fact]
    public async Task Where_a_code_is_to_be_sent_the_sandbox_has_one()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        var demo = host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
        foreach (var (name, source) in Parties.Where(p => p.Source is 4 or 5 or 6))
        {
            var service = host.Get<SourceService>();
            var now = World.Value(await service.ListAsync(Actor.Host, demo.Id)).Single(s => s.Source == (SourceKind)source);
            World.Done(await service.SaveAsync(Actor.Host, demo.Id, new(
                now.Source, "", true, new Dictionary<string, string>(now.Settings) { [SourceRules.Mode] = SourceRules.CodeMode }, new Dictionary<string, string?>(), now.Version)));
            var code = await IssueAsync(host, name, new() { ["credential"] = "code" });
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, "/v2/user_auth_third", source, code)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await CallAsync(host, "/v2/user_auth_third", source, code)).Status);
        }
    }

    [Fact]
    public async Task The_trials_of_the_console_lead_to_pages_that_are_there()
    {
        await using var host = await SandboxHost.StartAsync();
        foreach (var kind in Enum.GetValues<SourceKind>())
        {
            using var reply = await host.Http.GetAsync(new Uri($"/sandbox/{kind}", UriKind.Relative));
            Assert.True(reply.StatusCode == HttpStatusCode.OK, $"{kind}");
        }
    }

    /// <summary>The demo project as a newcomer gets it, on whatever port the host listens.</summary>
    private static async Task<TestHost> StartAsync(DatabaseKind database)
    {
        var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        return host;
    }

    private static async Task<JsonObject> IssueAsync(TestHost host, string party, JsonObject ask)
    {
        using var reply = await host.Http.PostAsJsonAsync($"/sandbox/{party}/issue", ask);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        return (await reply.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<(HttpStatusCode Status, string Body)> CallAsync(TestHost host, string path, int source, JsonObject issued)
    {
        var body = (JsonObject)issued.DeepClone();
        body.Remove("credential");
        body["source"] = source;
        body["corp_id"] = "1007d2ad1f8c4e00";
        if (SourceRules.IsByApp((SourceKind)source))
        {
            body["plugin_id"] = "demo-shop-dev";
        }

        using var reply = await host.Http.PostAsJsonAsync(path, body);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }
}
