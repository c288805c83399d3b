using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>The section <c>attributes</c>, which is the schema of Features/Attributes.</summary>
public sealed class AttributesTests
{
    private const string Demo = """[{"library":"gender","description":"与开放接口的 gender 一致"},{"library":"birthday"},{"library":"company","description":"参会证上的公司名称"},{"library":"position"},{"id":"badge_no","name":"工牌号","type":"string","required":false,"unique":true,"readOnly":false,"maxLength":20,"pattern":"^[A-Z]{2}[0-9]{4,}$"}]""";

    [Theory, BothDatabases]
    public async Task The_demo_sets_up_its_schema_and_the_export_gives_it_back(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        var schema = Schema(host, EnvironmentKind.Development);
        Assert.Equal(["gender", "birthday", "company", "position", "badge_no"], schema.Select(a => a.Id));
        Assert.Equal([true, true, true, true, false], schema.Select(a => a.Library));
        Assert.Equal((AttributeType.Enum, 3, "公司", 200), (schema[0].Type, schema[0].Options.Count, schema[2].Name, schema[2].MaxLength!.Value));

        var before = await host.EverythingAsync();
        var exported = await host.ExportAsync("demo");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Demo), JsonNode.Parse(Section(exported))), Section(exported));
        Assert.Empty((await host.ImportAsync(Imports.Demo)).Changes);
        Assert.Empty((await host.ImportAsync(exported)).Changes);
        Assert.Equal(before, await host.EverythingAsync());
    }

    [Theory, BothDatabases]
    public async Task What_is_named_is_added_or_changed_and_nothing_is_taken_away(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        var environment = host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
        World.Done(await host.Get<AttributeSchemaService>().MoveAsync(Actor.Host, environment.Id, "badge_no", 0, 1));

        var report = await host.ImportAsync(File("""[{ "library": "gender", "description": "称呼用" }, { "id": "badge_no", "name": "工牌号", "type": "integer", "min": 1 }, { "library": "diet" }]"""));
        Assert.Equal(
            ["badge_no].maxLength", "badge_no].min", "badge_no].pattern", "badge_no].type", "diet].library", "gender].description"],
            report.Changes.Select(c => c.Path.Split('[')[^1]).Order(StringComparer.Ordinal));
        var schema = Schema(host, EnvironmentKind.Development);
        Assert.Equal(["badge_no", "gender", "birthday", "company", "position", "diet"], schema.Select(a => a.Id));
        Assert.Equal((AttributeType.Integer, 1m, null, null, true), (schema[0].Type, schema[0].Min, schema[0].Pattern, schema[0].MaxLength, schema[0].Unique));
        Assert.Equal(("称呼用", "性别", 3), (schema[1].Description, schema[1].Name, schema[1].Options.Count));
        Assert.Equal(3, World.Value(await host.Get<AttributeSchemaService>().ReadAsync(Actor.Host, environment.Id)).Version);
        Assert.Equal(
            ["$.projects[demo].environments.development.attributes[Badge_no].id"],
            await host.RefusedAsync(File("""[{ "id": "Badge_no", "name": "x", "type": "url" }]""")));
    }

    [Theory, BothDatabases]
    public async Task Somebody_who_edits_in_between_makes_the_plan_old(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        var import = host.Get<ProjectFileImport>();
        var plan = ((ImportPreview.Ready)World.Value(await import.PlanAsync(Actor.Host, File("""[{ "library": "diet" }]""")))).Plan;
        var environment = host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
        World.Done(await host.Get<AttributeSchemaService>().DeleteAsync(Actor.Host, environment.Id, "gender", 1));
        Assert.Equal(FaultKind.Changed, (await import.ApplyAsync(Actor.Host, plan)).Fault?.Kind);
    }

    [Theory, BothDatabases]
    public async Task What_an_older_version_kept_is_taken_over_at_the_first_start(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var options = new TestHostOptions { Database = kind, Settings = new Dictionary<string, string>(database.Settings) { ["Seed:Files:0"] = "" } };
        await using (var old = await TestHost.StartAsync(options))
        {
            await old.ImportAsync(Example.With(("{dev}/attributes", null), ("projects/0/description", "\"kept\"")));
            var box = old.Get<SecretBox>();
            var kept = new[] { EnvironmentKind.Development, EnvironmentKind.Production }.Select(e => (
                Environment: old.Get<ProjectCatalog>().Environment("demo", e)!,
                Json: box.Seal($$"""[{ "library": "gender" }, { "id": "only_{{e}}", "name": "工牌号", "type": "string" }]"""))).ToList();
            await old.Get<Store>().WriteAsync(Scope.Of(kept[0].Environment.ProjectId), db =>
            {
                foreach (var (environment, json) in kept)
                {
                    db.Add(new KeptSection { Id = db.NextId(), ProjectId = environment.ProjectId, EnvironmentId = environment.Id, Section = "attributes", Json = json });
                }

                db.Audit(Actor.Host, "project.imported", "project", "demo");
                return Task.FromResult(Outcome.Done);
            });
        }

        await using var host = await TestHost.StartAsync(options);
        Assert.Equal(["gender", "only_Development"], Schema(host, EnvironmentKind.Development).Select(a => a.Id));
        Assert.Equal(["gender", "only_Production"], Schema(host, EnvironmentKind.Production).Select(a => a.Id));
        Assert.False(await host.ReadAsync(db => db.Set<KeptSection>().AnyAsync(k => k.Section == "attributes")));
        Assert.True(await host.ReadAsync(db => db.Set<KeptSection>().AnyAsync(k => k.Section == "description")));
    }

    private static IReadOnlyList<AttributeDefinition> Schema(TestHost host, EnvironmentKind kind) =>
        host.Get<AttributeCatalog>().Of(host.Get<ProjectCatalog>().Environment("demo", kind)!.Id).Attributes;

    private static string File(string attributes) =>
        $$"""{ "projects": [{ "code": "demo", "name": "演示项目", "environments": { "development": { "attributes": {{attributes}} } } }] }""";

    private static string Section(string exported) =>
        JsonNode.Parse(exported)!["projects"]![0]!["environments"]!["development"]!["attributes"]!
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
