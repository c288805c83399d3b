using System.Net;
using FederationConsole.Features.Audit;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Features.Overview;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Audit;

public sealed class AuditEndpointTests
{
    private const string Address = "/p/over-view/development/audit.csv?action=project.&range=host";

    [Fact]
    public async Task The_download_is_for_who_may()
    {
        await using var host = await AuditBench.HostAsync();
        await OverviewBench.CreateAsync(host);
        var actor = Actor.Host;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(host.Services.GetRequiredService<AuditReader>());
        builder.Services.AddSingleton(host.Services.GetRequiredService<ProjectCatalog>());
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapAudit(_ => Task.FromResult(actor));
        await app.StartAsync();
        async Task<HttpResponseMessage> GetAsync(string address) => await host.Http.GetAsync(new Uri(new Uri(app.Urls.Single()), address));

        using var file = await GetAsync(Address);
        Assert.Equal("attachment; filename=audit-over-view-development.csv", file.Content.Headers.ContentDisposition!.ToString().Replace("\"", "", StringComparison.Ordinal));
        var rows = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, rows.Length);
        Assert.Contains("project.created", rows[1], StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/p/nowhere/development/audit.csv")).StatusCode);
        actor = new(ActorKind.Administrator, "1", "li", null, null);
        using var refused = await GetAsync(Address);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(await refused.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Nobody_downloads_without_signing_in()
    {
        await using var host = await AuditBench.HostAsync();
        await OverviewBench.CreateAsync(host);
        using var answer = await host.Http.GetAsync(new Uri(Address, UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("project.created", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
