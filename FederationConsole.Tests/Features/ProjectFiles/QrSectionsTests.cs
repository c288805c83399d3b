using System.Text.Json.Nodes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>The keys <c>tenant</c> and <c>qrLogin</c>, which are what Features/QrLogin keeps.</summary>
public sealed class QrSectionsTests
{
    private const string Tenant = """{"customerId":"c-7","customerName":"示例集团","addressType":"ad","erpVersions":"3.5,4.0"}""";
    private const string QrLogin = """{"development":{"numberMatching":false,"refreshes":5},"production":{"numberMatching":true,"refreshes":0}}""";

    [Theory, BothDatabases]
    public async Task A_file_sets_both_and_the_export_gives_them_back(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        var text = Example.With(("projects/0/tenant", Tenant), ("{app}/qrLogin", QrLogin));
        await host.ImportAsync(text);
        var project = host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!.ProjectId;
        var card = await host.ReadAsync(db => db.Set<TenantCard>().SingleAsync(c => c.ProjectId == project));
        Assert.Equal(("c-7", "示例集团", "ad", "3.5,4.0"), (card.CustomerId, card.CustomerName, card.AddressType, card.ErpVersions));
        Assert.Equal([(false, 5), (true, 0)], (await PoliciesAsync(host)).Select(p => (p.NumberMatching, p.Refreshes)));

        // What is exported is what was imported, and changes nothing where it came from.
        Assert.Empty((await host.ImportAsync(text)).Changes);
        var export = await host.ExportAsync("demo");
        var node = JsonNode.Parse(export)!["projects"]![0]!;
        Assert.Equal((Tenant, QrLogin), (node["tenant"]!.ToJsonString(Readable), node["apps"]![0]!["qrLogin"]!.ToJsonString()));
        Assert.Empty((await host.ImportAsync(export)).Changes);
    }

    [Theory, BothDatabases]
    public async Task A_change_is_shown_and_done_and_what_the_file_leaves_out_stays(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        var text = Example.With(("projects/0/tenant", Tenant), ("{app}/qrLogin", QrLogin));
        await host.ImportAsync(text);
        var changed = Example.With(("projects/0/tenant", """{"customerId":"c-8"}"""), ("{app}/qrLogin", """{"production":{"refreshes":1}}"""));
        var paths = (await host.ImportAsync(changed)).Changes.Select(c => c.Path["$.projects[demo].".Length..]);
        Assert.Equal(["apps[shop].qrLogin.production.refreshes", "tenant.customerId"], paths.Order(StringComparer.Ordinal));
        Assert.Equal([(false, 5), (true, 1)], (await PoliciesAsync(host)).Select(p => (p.NumberMatching, p.Refreshes)));
        Assert.Equal("示例集团", await host.ReadAsync(db => db.Set<TenantCard>().Select(c => c.CustomerName).SingleAsync()));
        Assert.Empty((await host.ImportAsync(Example.Text)).Changes);
        Assert.Equal(
            ["$.projects[0].apps[0].qrLogin.development.refreshes", "$.projects[0].tenant.addressType"],
            (await host.RefusedAsync(Example.With(("projects/0/tenant", """{"addressType":"no"}"""), ("{app}/qrLogin", """{"development":{"refreshes":99}}""")))).Order(StringComparer.Ordinal));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Development's, then production's.</summary>
    private static Task<List<QrPolicy>> PoliciesAsync(TestHost host) => host.ReadAsync(db => db.Set<QrPolicy>().IgnoreQueryFilters()
        .Join(db.Set<ProjectEnvironment>(), p => p.EnvironmentId, e => e.Id, (policy, environment) => new { policy, environment.Kind })
        .OrderBy(p => p.Kind).Select(p => p.policy).ToListAsync());
}
