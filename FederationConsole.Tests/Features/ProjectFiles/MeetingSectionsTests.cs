using System.Diagnostics;
using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.ProjectFiles;

public sealed class MeetingSectionsTests
{
    private const string Id = "8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f";
    private const string Path = "$.projects[demo].environments.development.meetings[" + Id + "]";

    [Theory, BothDatabases]
    public async Task The_demo_meeting_is_what_people_register_for_and_comes_back_by_the_export(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        var entry = host.Get<MeetingCatalog>().Find(Id)!;
        Assert.Equal(["嘉宾", "普通观众", "媒体"], entry.Types.Select(t => t.Name));
        Assert.Equal([false, false, true], entry.Types.Select(t => t.InvitationOnly));
        Assert.Equal(("Industry", "other"), (entry.Types[0].Fields[^1].ShowIf!.Field, Assert.Single(entry.Types[0].Fields[^1].ShowIf!.Values)));
        Assert.Equal([0, 0, 19900, 0], entry.Tickets.Select(t => t.PriceFen));
        Assert.Equal("b1000000-0000-4000-8000-000000000001", entry.Agendas.Single(a => a.Name == "嘉宾晚宴").ParentSku);

        var before = await host.EverythingAsync();
        Assert.Empty((await host.ImportAsync(Imports.Demo)).Changes);
        Assert.Empty((await host.ImportAsync(await host.ExportAsync("demo"))).Changes);
        Assert.Equal(before, await host.EverythingAsync());
        Assert.DoesNotContain("taken", await host.ExportAsync("demo"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, BothDatabases]
    public async Task Ids_that_a_file_leaves_out_are_made_and_found_again_by_name(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        var file = File("""
            [{ "name": "大会", "startsAt": "2036-01-01T00:00:00Z", "endsAt": "2036-01-02T00:00:00Z", "messages": [{ "kind": "reminder", "mail": true, "subject": "a", "mailText": "b\nc", "smsText": "d", "hoursBefore": 24 }],
               "attendeeTypes": [{ "name": "嘉宾", "fields": [{ "showIf": null, "required": false, "label": "姓名", "type": "string", "name": "FullName" }] }],
               "items": [{ "name": "票" }], "agendas": [{ "name": "论坛", "startsAt": "2036-01-01T01:00:00Z", "endsAt": "2036-01-01T02:00:00Z" }],
               "invitationCodes": [{ "code": "VIP1" }] }]
            """);
        await host.ImportAsync(file);
        var development = host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
        var entry = Assert.Single(host.Get<MeetingCatalog>().Of(development.Id));
        Assert.All([entry.Meeting.Key, entry.Types[0].Key, entry.Tickets[0].Key, entry.Agendas[0].Key], key => Assert.True(Guid.TryParse(key, out _)));

        // The order of a field's keys, and those that say nothing, make no difference.
        var before = await host.EverythingAsync();
        Assert.Empty((await host.ImportAsync(file)).Changes);
        Assert.Equal(before, await host.EverythingAsync());
        Assert.Contains(entry.Types[0].Key, await host.ExportAsync("demo"), StringComparison.Ordinal);

        // What a file does not name is left alone.
        await host.ImportAsync(File("""[{ "name": "大会", "startsAt": "2036-01-01T00:00:00Z", "endsAt": "2036-01-03T00:00:00Z" }]"""));
        var after = host.Get<MeetingCatalog>().Find(entry.Meeting.Key)!;
        Assert.Equal((1, 1, 1, 1), (after.Types.Count, after.Tickets.Count, after.Agendas.Count, after.Meeting.Messages.Count));
        Assert.Equal(3, after.Meeting.EndsAt.Day);
        await host.ImportAsync("""{ "projects": [{ "code": "demo", "name": "没提会议" }] }""");
        Assert.NotNull(host.Get<MeetingCatalog>().Find(entry.Meeting.Key));
    }

    [Theory, BothDatabases]
    public async Task A_limit_below_what_is_taken_and_an_id_of_another_environment_are_refused(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Imports.Demo);
        var development = host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
        await host.Get<Store>().WriteAsync(development.Scope, async db =>
        {
            await db.Set<Meeting>().ExecuteUpdateAsync(set => set.SetProperty(m => m.Taken, 9));
            await db.Set<Ticket>().ExecuteUpdateAsync(set => set.SetProperty(t => t.Taken, 8));
            await db.Set<Agenda>().ExecuteUpdateAsync(set => set.SetProperty(a => a.Taken, 7));
            await db.Set<InvitationCode>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Uses, 6));
            return Outcome.Done;
        });
        var low = Edited(meeting =>
        {
            meeting["capacity"] = 8;
            meeting["items"]![0]!["quota"] = 7;
            meeting["items"]![1]!["quota"] = 8;
            meeting["agendas"]![0]!["capacity"] = 6;
            meeting["invitationCodes"]![0]!["maxUses"] = 5;
        });
        Assert.Equal(
            [
                Path + ".capacity", Path + ".items[b1000000-0000-4000-8000-000000000001].quota",
                Path + ".agendas[c1000000-0000-4000-8000-000000000001].capacity", Path + ".invitationCodes[VIP2026].maxUses",
            ],
            await host.RefusedAsync(low));
        var elsewhere = $$"""{ "projects": [{ "code": "other", "name": "x", "environments": { "production": { "meetings": [{ "id": "{{Id}}", "name": "x", "startsAt": "2036-01-01T00:00:00Z", "endsAt": "2036-01-02T00:00:00Z" }] } } }] }""";
        Assert.Equal([$"$.projects[other].environments.production.meetings[{Id}].id"], await host.RefusedAsync(elsewhere));
    }

    [Fact]
    public async Task Many_invitation_codes_are_one_import()
    {
        await using var host = await Imports.EmptyHostAsync(DatabaseKind.Sqlite);
        await host.ImportAsync(Imports.Demo);
        var many = Edited(meeting => meeting["invitationCodes"] = new JsonArray(
            [.. Enumerable.Range(0, 19_998).Select(i => (JsonNode)new JsonObject { ["code"] = $"CODE{i:00000}", ["maxUses"] = 1 })]));
        await host.ImportAsync(many);
        Assert.Empty((await host.ImportAsync(many)).Changes);
        Assert.Equal(20_000, await host.Get<Store>().ReadAsync(host.Get<MeetingCatalog>().Find(Id)!.Environment.Scope, db => db.Set<InvitationCode>().CountAsync()));
        // A file of something else does not pay for them.
        var watch = Stopwatch.StartNew();
        await host.ImportAsync("""{ "projects": [{ "code": "demo", "name": "改名" }] }""");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
    }

    [Theory, BothDatabases]
    public async Task What_an_older_version_kept_is_taken_over_at_the_first_start(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var options = new TestHostOptions { Database = kind, Settings = new Dictionary<string, string>(database.Settings) { ["Seed:Files:0"] = "" } };
        await using (var old = await TestHost.StartAsync(options))
        {
            await old.ImportAsync(Example.With(("{dev}/meetings", null)));
            var environment = old.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
            var json = old.Get<SecretBox>().Seal(Example.Node()["projects"]![0]!["environments"]!["development"]!["meetings"]!.ToJsonString());
            await old.Get<Store>().WriteAsync(Scope.Of(environment.ProjectId), db =>
            {
                db.Add(new KeptSection { Id = db.NextId(), ProjectId = environment.ProjectId, EnvironmentId = environment.Id, Section = "meetings", Json = json });
                db.Audit(Actor.Host, "project.imported", "project", "demo");
                return Task.FromResult(Outcome.Done);
            });
        }

        await using var host = await TestHost.StartAsync(options);
        var meeting = Assert.Single(host.Get<MeetingCatalog>().Of(host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!.Id));
        Assert.Equal(("guest", "guest-ticket", "main"), (meeting.Types[0].Key, meeting.Tickets[0].Key, meeting.Agendas[0].Key));
        Assert.False(await host.ReadAsync(db => db.Set<KeptSection>().AnyAsync(k => k.Section == "meetings")));
    }

    private static string Edited(Action<JsonNode> edit)
    {
        var file = Example.Node(Imports.Demo);
        edit(file["projects"]![0]!["environments"]!["development"]!["meetings"]![0]!);
        return file.ToJsonString();
    }

    private static string File(string meetings) =>
        $$"""{ "projects": [{ "code": "demo", "name": "演示项目", "environments": { "development": { "meetings": {{meetings}} } } }] }""";
}
