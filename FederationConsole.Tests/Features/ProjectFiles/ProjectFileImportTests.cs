using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.ProjectFiles;

public sealed class ProjectFileImportTests
{
    private const string Minimal = """{ "projects": [{ "code": "other", "name": "另一个", "apps": [{ "code": "app", "name": "应用" }] }] }""";

    [Theory, BothDatabases]
    public async Task The_demo_twice_changes_something_once(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);

        var first = await host.ImportAsync(Imports.Demo);
        Assert.NotEmpty(first.Changes);
        Assert.Empty(first.NewSecrets);
        var before = await host.EverythingAsync();
        Assert.Empty((await host.ImportAsync(Imports.Demo)).Changes);
        Assert.Equal(before, await host.EverythingAsync());
    }

    [Theory, BothDatabases]
    public async Task What_is_imported_is_what_the_faces_see_at_once(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);

        var projects = host.Get<ProjectCatalog>();
        var environment = projects.ByCorpId("1007d2ad1f8c4e00")!;
        Assert.Equal((EnvironmentKind.Development, "demo"), (environment.Kind, environment.ProjectCode));
        var app = projects.App("demo-shop-dev")!;
        Assert.True(app.ServiceEnabled);
        Assert.True(app.HasSecret("demo-shop-dev-secret"));
        Assert.False(projects.App("demo-crm-dev")!.ServiceEnabled);
        var source = host.Get<SourceCatalog>().Find(environment.Id, SourceKind.Standard)!;
        Assert.Equal("demo-standard-token", source.Secret("token"));
        Assert.Equal(new Uri(host.Address, "/sandbox/standard/userinfo").AbsoluteUri, source.Setting("url"));
    }

    [Fact]
    public async Task What_a_third_party_needs_is_parted_into_settings_and_secrets_and_comes_back()
    {
        await using var host = await Imports.EmptyHostAsync(DatabaseKind.Sqlite);
        await host.ImportAsync(Example.With(
            ("{dev}/sources/1/mode", "\"code\""),
            ("{dev}/sources/3", """{ "source": 9, "appId": "2021", "alipayPublicKey": "MIIB", "privateKey": "hush-alipay" }"""),
            ("{dev}/sources/4", """{ "source": 13, "pluginId": "a1b2c3d4e5f6", "clientId": "c", "clientSecret": "hush-google", "redirectUri": "postmessage" }""")));
        var catalog = host.Get<SourceCatalog>();
        var environment = host.Get<ProjectCatalog>().Environments.Single(e => e.ProjectCode == "demo" && e.Kind == EnvironmentKind.Development).Id;
        Assert.Equal("code", catalog.Any(environment, SourceKind.WeChat)!.Setting("mode"));
        var alipay = catalog.Any(environment, SourceKind.Alipay)!;
        Assert.Equal(("MIIB", "hush-alipay"), (alipay.Setting("alipayPublicKey"), alipay.Secret("privateKey")));
        Assert.Equal("postmessage", catalog.Any(environment, SourceKind.Google, "a1b2c3d4e5f6")!.Setting("redirectUri"));

        var export = await host.ExportAsync("demo");
        Assert.DoesNotContain("hush-", export, StringComparison.Ordinal);
        Assert.Contains("\"alipayPublicKey\": \"MIIB\"", export, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task What_the_file_leaves_out_is_made(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);

        var report = await host.ImportAsync(Minimal);

        Assert.Equal(
            ["$.projects[other].apps[app].credentials.development.appSecret", "$.projects[other].apps[app].credentials.production.appSecret"],
            report.NewSecrets.Select(s => s.Path));
        var export = Example.Accepted(await host.ExportAsync("other")).File.Projects!.Single();
        Assert.Matches("^[0-9a-f]{16}$", export.Environments!.Development!.CorpId!);
        Assert.NotEqual(export.Environments.Development.CorpId, export.Environments.Production!.CorpId);
        var app = host.Get<ProjectCatalog>().App(export.Apps!.Single().Credentials!.Production!.AppKey!)!;
        Assert.True(app.HasSecret(report.NewSecrets[1].Secret.Reveal()));
        Assert.Empty((await host.ImportAsync(Minimal)).NewSecrets);
    }

    [Theory, BothDatabases]
    public async Task A_change_writes_that_alone_with_its_audit_line(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.Text);
        var lines = (await host.AuditAsync()).Count;

        var report = await host.ImportAsync(Example.With(("{dev}/policies/accessTokenSeconds", "3600"), ("{dev}/sources/0/enabled", "false")));

        Assert.Equal(2, report.Changes.Count);
        var added = (await host.AuditAsync())[lines..];
        var environment = host.Get<ProjectCatalog>().ByCorpId("1007d2ad1f8c4e00")!;
        Assert.Equal(3600, environment.Policies.AccessTokenSeconds);
        Assert.All(added, l => Assert.Equal(("project.imported", "demo", environment.ProjectId), (l.Action, l.SubjectId, l.ProjectId)));
        // One line for the project's own rows, one for the environment whose source changed.
        Assert.Equal([default, environment.Id], added.Select(l => l.EnvironmentId));
        Assert.Equal(("Policies", 1), (AuditTrail.Read(added[0].Changes).Single().Field, AuditTrail.Read(added[0].Changes).Count));
        Assert.Equal(new FieldChange("SourceSetting", AuditTrail.Read(added[1].Changes).Single().Key, "Enabled", "True", "False"), AuditTrail.Read(added[1].Changes).Single());
        Assert.Null(host.Get<SourceCatalog>().Find(environment.Id, SourceKind.Standard));
    }

    [Theory, BothDatabases]
    public async Task The_example_comes_back_whole_and_goes_into_another_database(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.Text);
        var export = await host.ExportAsync("demo");
        Assert.Empty((await host.ImportAsync(export)).Changes);

        await using var other = await Imports.EmptyHostAsync(database);
        // An export has no secrets: what a new source needs must be told, and every place that needs one is named.
        Assert.Equal(6, (await other.RefusedAsync(export)).Count);
        await other.ImportAsync(Told(export));

        Assert.Equal(export, await other.ExportAsync("demo"));
    }

    [Theory, BothDatabases]
    public async Task Sections_without_a_feature_are_kept_with_their_secrets(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.Text);

        var report = await host.ImportAsync(Example.With(("{dev}/sms/token", "\"another-token\"")));
        Assert.Equal(new ProjectFileChange("$.projects[demo].environments.development.sms.token", Secret.Mask, Secret.Mask), Assert.Single(report.Changes));
        Assert.Empty((await host.ImportAsync(Example.With(("{dev}/sms/token", "\"another-token\"")))).Changes);

        await host.ImportAsync(Example.With(("{dev}/sms", """{ "provider": "inbox" }""")));
        var export = JsonNode.Parse(await host.ExportAsync("demo"))!["projects"]![0]!;
        Assert.Equal("""{"provider":"inbox"}""", export["environments"]!["development"]!["sms"]!.ToJsonString());
        Assert.Equal("badge_no", (string)export["environments"]!["development"]!["attributes"]![1]!["id"]!);
        Assert.Equal("vendor-app", (string)export["apps"]![0]!["vendorAccount"]!["development"]!["clientId"]!);
    }

    [Theory, BothDatabases]
    public async Task An_app_secret_becomes_active_and_the_oldest_of_three_is_retired(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        foreach (var secret in (string[])["the-first-secret-of-all", "the-second-secret-of-all", "the-third-secret-of-all", "the-second-secret-of-all"])
        {
            await host.ImportAsync(Example.With(("{app}/credentials/development/appSecret", $"\"{secret}\"")));
        }

        var app = host.Get<ProjectCatalog>().App("a1b2c3d4e5f6")!;
        Assert.Equal(2, app.SecretHashes.Count);
        Assert.Equal([false, true, true], ((string[])["the-first-secret-of-all", "the-second-secret-of-all", "the-third-secret-of-all"]).Select(app.HasSecret));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<AppSecret>().CountAsync(s => s.RetiredAt != null)));
    }

    [Theory, BothDatabases]
    public async Task What_only_the_database_knows_is_refused_whole_with_its_path(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.Text);
        await host.ImportAsync("""{ "projects": [{ "code": "second", "name": "第二", "environments": { "development": { "policies": { "smsMaxPerDay": 5 } } } }] }""");
        var before = await host.EverythingAsync();

        var faults = await host.RefusedAsync("""
            { "projects": [
              { "code": "second", "name": "改名", "environments": {
                  "development": { "corpId": "1007d2ad1f8c4e00", "policies": { "smsFreePerDay": 9 }, "sources": [{ "source": 10, "url": "https://a.example/", "token": null }] } },
                "apps": [{ "code": "thief", "name": "a", "credentials": { "development": { "appKey": "f6e5d4c3b2a1" } } }] },
              { "code": "demo", "name": "演示项目",
                "apps": [{ "code": "shop", "name": "商城", "serviceEnabled": false, "credentials": { "development": { "appKey": "anotherkey" } } }] } ] }
            """);

        Assert.Equal(
            [
                "$.projects[second].environments.development.sources[10].token",
                "$.projects[second].environments.development.corpId",
                "$.projects[second].apps[thief].credentials.development.appKey",
                "$.projects[demo].apps[shop].serviceEnabled",
                "$.projects[demo].apps[shop].credentials.development.appKey",
                "$.projects[second].environments.development.policies.smsMaxPerDay",
                // Apple's source of the app whose key would be another.
                "$.projects[demo].environments.development.sources[12/a1b2c3d4e5f6].pluginId",
            ],
            faults);
        Assert.Equal(before, await host.EverythingAsync());
        Assert.Null(host.Get<ProjectCatalog>().App("anotherkey"));
    }

    [Theory, BothDatabases]
    public async Task A_faulty_file_leaves_nothing(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        var before = await host.EverythingAsync();
        Assert.Equal(["$.projects[0].environments.development.sources[1].source"], await host.RefusedAsync(Example.With(("{dev}/sources/1/source", "99"))));
        Assert.Equal(before, await host.EverythingAsync());
    }

    [Theory, BothDatabases]
    public async Task Two_at_once_make_it_once(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.ImportAsync(Imports.Demo))));

        Assert.Single(reports, r => r.Changes.Count > 0);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Project>().CountAsync()));
        Assert.Equal(4, await host.ReadAsync(db => db.Set<AppSecret>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_plan_that_others_overtook_writes_nothing(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.Text);
        var import = host.Get<ProjectFileImport>();
        var plan = ((ImportPreview.Ready)(await import.PlanAsync(Actor.Host, Example.With(("projects/0/name", "\"新名\"")))).Value!).Plan;
        await host.ImportAsync(Example.With(("{dev}/sources/0/enabled", "false")));
        var before = await host.EverythingAsync();

        Assert.Equal(FaultKind.Changed, (await import.ApplyAsync(Actor.Host, plan)).Fault?.Kind);
        Assert.Equal(before, await host.EverythingAsync());
    }

    [Fact]
    public async Task Only_owners_import_and_only_managers_export()
    {
        await using var host = await Imports.EmptyHostAsync(DatabaseKind.Sqlite);
        await host.ImportAsync(Example.Text);
        var (import, export) = (host.Get<ProjectFileImport>(), host.Get<ProjectFileExport>());
        var demo = host.Get<ProjectCatalog>().ByCorpId("1007d2ad1f8c4e00")!.ProjectId.Value;
        var renamed = Example.With(("projects/0/name", "\"新名\""));
        var (manager, owner, elsewhere) = (Imports.Administrator(new Grant(null, Role.Manager)), Imports.Administrator(new Grant(demo, Role.Owner)), Imports.Administrator(new Grant(demo + 1, Role.Owner)));

        Assert.Equal(new Fault(FaultKind.Forbidden, "$.projects[demo]"), (await import.PlanAsync(manager, renamed)).Fault);
        Assert.Equal(new Fault(FaultKind.Forbidden, "$.projects[other]"), (await import.PlanAsync(owner, Minimal)).Fault);
        var plan = ((ImportPreview.Ready)(await import.PlanAsync(owner, renamed)).Value!).Plan;
        Assert.Equal(FaultKind.Forbidden, (await import.ApplyAsync(manager, plan)).Fault?.Kind);
        Assert.Single((await import.ApplyAsync(owner, plan)).Value!.Changes);

        Assert.True((await export.ExportAsync(manager, "demo")).Ok);
        Assert.Equal(FaultKind.Forbidden, (await export.ExportAsync(elsewhere, "demo")).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await export.ExportAsync(manager, "nowhere")).Fault?.Kind);
    }

    [Fact]
    public async Task Production_that_exists_is_named_before_it_is_touched()
    {
        await using var host = await Imports.EmptyHostAsync(DatabaseKind.Sqlite);
        Assert.Empty(await ProductionAsync(Example.Text));
        await host.ImportAsync(Example.Text);
        Assert.Empty(await ProductionAsync(Example.With(("{dev}/sources/0/enabled", "false"))));
        Assert.Equal(["demo"], await ProductionAsync(Example.With(("{app}/credentials/production/origins", """["https://a.example"]"""))));

        async Task<IReadOnlyList<string>> ProductionAsync(string json) =>
            ((ImportPreview.Ready)(await host.Get<ProjectFileImport>().PlanAsync(Actor.Host, json)).Value!).Plan.Production;
    }

    [Theory, BothDatabases]
    public async Task No_secret_is_in_the_log_the_audit_trail_the_export_or_the_open(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.Text);
        await host.ImportAsync(Example.With(("{dev}/webhooks/0/secret", "\"hush-another\""), ("{app}/credentials/development/appSecret", "\"hush-another-secret\"")));

        host.Log.AssertNeverSays("hush-");
        Assert.DoesNotContain("hush-", await host.ExportAsync("demo"), StringComparison.Ordinal);
        Assert.All(await host.AuditAsync(), l => Assert.DoesNotContain("hush-", l.Changes ?? "", StringComparison.Ordinal));
        Assert.All(await host.ReadAsync(db => db.Set<KeptSection>().ToListAsync()), s => Assert.DoesNotContain("hush-", s.Json.Ciphertext, StringComparison.Ordinal));
    }

    /// <summary>An export with a secret wherever one is missing.</summary>
    private static string Told(string export) => ((string[])["token", "appSecret", "privateKey", "secret", "clientSecret"]).Aggregate(
        export, (text, key) => text.Replace($"\"{key}\": null", $"\"{key}\": \"told-again-and-long-enough\"", StringComparison.Ordinal));
}
