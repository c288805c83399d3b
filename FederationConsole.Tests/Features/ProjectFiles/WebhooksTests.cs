using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Events;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>The section <c>webhooks</c>, which is the receivers of Features/Events.</summary>
public sealed class WebhooksTests
{
    [Theory, BothDatabases]
    public async Task A_file_sets_up_receivers_and_the_export_gives_them_back(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.With(("{dev}/webhooks/1", """{ "url": "https://app.example.com/everything" }""")));
        var entries = host.Get<ReceiverCatalog>().All.OrderBy(r => r.Id).ToList();
        Assert.Equal(["https://app.example.com/events", "https://app.example.com/everything"], entries.Select(r => r.Url.AbsoluteUri));
        Assert.Equal(("hush-webhook", "user.*"), (entries[0].Secret, Assert.Single(entries[0].Events)));
        Assert.Empty(entries[1].Events);
        Assert.Equal(43, entries[1].Secret.Length);

        // A second import changes nothing, and makes no other secret.
        Assert.Empty((await host.ImportAsync(Example.With(("{dev}/webhooks/1", """{ "url": "https://app.example.com/everything" }""")))).Changes);
        Assert.Equal(entries[1].Secret, host.Get<ReceiverCatalog>().Find(entries[1].Id)!.Secret);

        var export = JsonNode.Parse(await host.ExportAsync("demo"))!["projects"]![0]!["environments"]!["development"]!["webhooks"]!;
        Assert.Equal("""[{"url":"https://app.example.com/events","secret":null,"enabled":true,"events":["user.*"]},{"url":"https://app.example.com/everything","secret":null,"enabled":true}]""", export.ToJsonString());
    }

    [Theory, BothDatabases]
    public async Task A_change_is_shown_and_done_and_one_that_is_off_stays_off(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.Text);
        var changed = Example.With(("{dev}/webhooks/0/events", """["session.*"]"""), ("{dev}/webhooks/0/enabled", "false"), ("{dev}/webhooks/0/secret", "\"hush-another\""));
        var paths = (await host.ImportAsync(changed)).Changes.Select(c => c.Path["$.projects[demo].environments.development.webhooks[https://app.example.com/events].".Length..]);
        Assert.Equal(["enabled", "events", "secret"], paths.Order());
        Assert.Empty(host.Get<ReceiverCatalog>().All);
        Assert.Empty((await host.ImportAsync(changed)).Changes);

        await host.ImportAsync(Example.With(("{dev}/webhooks/0/enabled", "true")));
        Assert.Equal("hush-webhook", Assert.Single(host.Get<ReceiverCatalog>().All).Secret);
    }

    [Theory, BothDatabases]
    public async Task What_an_older_version_kept_is_taken_over_at_the_first_start(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var options = new TestHostOptions { Database = kind, Settings = new Dictionary<string, string>(database.Settings) { ["Seed:Files:0"] = "" } };
        await using (var old = await TestHost.StartAsync(options))
        {
            await old.ImportAsync(Example.With(("{dev}/webhooks", null), ("projects/0/description", "\"kept\"")));
            var environment = old.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
            var json = old.Get<SecretBox>().Seal("""[{"url":"https://app.example.com/events","secret":"hush-webhook","events":["user.*"]}]""");
            await old.Get<Store>().WriteAsync(Scope.Of(environment.ProjectId), db =>
            {
                db.Add(new KeptSection { Id = db.NextId(), ProjectId = environment.ProjectId, EnvironmentId = environment.Id, Section = "webhooks", Json = json });
                db.Audit(Actor.Host, "project.imported", "project", "demo");
                return Task.FromResult(Outcome.Done);
            });
        }

        await using var host = await TestHost.StartAsync(options);
        var receiver = Assert.Single(host.Get<ReceiverCatalog>().All);
        Assert.Equal(("https://app.example.com/events", "hush-webhook", "user.*"), (receiver.Url.AbsoluteUri, receiver.Secret, Assert.Single(receiver.Events)));
        Assert.False(await host.ReadAsync(db => db.Set<KeptSection>().AnyAsync(k => k.Section == "webhooks")));
        Assert.True(await host.ReadAsync(db => db.Set<KeptSection>().AnyAsync(k => k.Section == "description")));
    }
}
