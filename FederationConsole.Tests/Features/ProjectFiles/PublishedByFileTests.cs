using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>What a file makes of production stands in promotion's history, as what is published does.</summary>
public sealed class PublishedByFileTests
{
    [Theory, BothDatabases]
    public async Task A_change_of_production_is_a_numbered_version_and_the_same_file_again_makes_none(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        Assert.Empty(await HistoryAsync(host));
        await PeopleAsync(host, 2);

        var file = Production("""{ "policies": { "accessTokenSeconds": 3600 }, "attributes": [{ "library": "gender" }, { "id": "badge_no", "name": "工牌号", "type": "string", "required": true }] }""");
        await host.ImportAsync(file);

        var version = Assert.Single(await HistoryAsync(host));
        Assert.Equal((1, "由项目文件导入", Actor.Host.Name, null), (version.Number, version.Comment, version.ByName, version.RolledBackFrom));
        Assert.Equal(["gender", "badge_no", "accessTokenSeconds"], version.Difference.Select(c => c.Id));
        Assert.Equal([new Touch(TouchKind.Lacking, 2)], version.Difference[1].Touches);
        Assert.Equal((1, "gender,badge_no"), Schema(host));
        Assert.Equal(3600, Here(host).Policies.AccessTokenSeconds);
        Assert.Contains(await host.AuditAsync(), l => l.Action == "promotion.published" && l.SubjectId == "demo/1");

        Assert.Empty((await host.ImportAsync(file)).Changes);
        await host.ImportAsync(Production("""{ "returnUrls": ["https://app.example.com/"] }"""));
        Assert.Single(await HistoryAsync(host));
    }

    [Theory, BothDatabases]
    public async Task What_stood_before_the_file_can_be_gone_back_to(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        await host.ImportAsync(Production("""{ "attributes": [{ "library": "gender" }] }"""));
        await host.ImportAsync(Production("""{ "attributes": [{ "library": "diet" }] }"""));
        Assert.Equal((2, "gender,diet"), Schema(host));

        var promotion = host.Get<PromotionService>();
        var preview = World.Value(await promotion.PreviewAsync(Actor.Host, Here(host).ProjectId, target: 1));
        await foreach (var further in promotion.CountAsync(Actor.Host, preview))
        {
            preview = further;
        }

        Assert.Equal(3, World.Value(await promotion.PublishAsync(Actor.Host, preview, "回到版本 1")));
        Assert.Equal((3, "gender"), Schema(host));
    }

    [Theory, BothDatabases]
    public async Task A_project_that_a_file_makes_begins_with_what_it_says_of_production(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Production("""{ "attributes": [{ "library": "gender" }] }"""));
        Assert.Empty(Assert.Single(Assert.Single(await HistoryAsync(host)).Difference).Touches!);
        Assert.Equal((1, "gender"), Schema(host));
    }

    [Theory, BothDatabases]
    public async Task Where_another_must_approve_a_file_is_no_way_around(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        World.Done(await host.Get<PromotionRequests>().RequireApprovalAsync(Actor.Host, Here(host).ProjectId, true));

        Assert.Equal(
            ["$.projects[demo].environments.production.policies", "$.projects[demo].environments.production.attributes"],
            await host.RefusedAsync(Production("""{ "policies": { "refreshTokenDays": 7 }, "attributes": [{ "library": "gender" }] }""")));
        await host.ImportAsync(Production("""{ "returnUrls": ["https://app.example.com/"] }"""));
        Assert.Empty(await HistoryAsync(host));
    }

    private static FederationConsole.Features.Projects.EnvironmentEntry Here(TestHost host) => host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Production)!;

    private static (int, string) Schema(TestHost host)
    {
        var schema = host.Get<AttributeCatalog>().Of(Here(host).Id);
        return (schema.Number, string.Join(',', schema.Attributes.Select(a => a.Id)));
    }

    private static Task<List<PublishedVersion>> HistoryAsync(TestHost host) => host.ReadAsync(db => db.Set<PublishedVersion>().OrderBy(v => v.Number).ToListAsync());

    private static Task PeopleAsync(TestHost host, int count) => host.Get<Store>().WriteAsync(Here(host).Scope, db =>
    {
        db.AddRange(Enumerable.Range(0, count).Select(_ => new User { Id = db.NextId<UserId>(), AccountId = db.NextGuid(), CreatedAt = db.Now }));
        db.Audit(Actor.Host, "user.created", "user", "many");
        return Task.FromResult(Outcome.Done);
    });

    private static string Production(string environment) => $$"""{ "projects": [{ "code": "demo", "name": "演示项目", "environments": { "production": {{environment}} } }] }""";
}
