using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Messages;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>The sections sms and mail: in, out, and over from the version that only kept them.</summary>
public sealed class MessageSectionsTests
{
    private const string Http = """{ "provider": "http", "url": "https://gateway.example.com/sms", "token": "gateway-token", "text": "码 {code}" }""";
    private const string Smtp = """{ "provider": "smtp", "host": "mail.example.com", "port": 465, "security": "tls", "userName": "li", "password": "mail-secret", "from": "no-reply@example.com", "subject": "验证码" }""";

    private static string File(string sms, string mail) =>
        $$"""{ "projects": [{ "code": "other", "name": "另一个", "environments": { "production": { "sms": {{sms}}, "mail": {{mail}} } } }] }""";

    private static FederationConsole.Features.Projects.EnvironmentEntry Production(TestHost host) => host.Get<ProjectCatalog>().Environment("other", EnvironmentKind.Production)!;

    [Theory, BothDatabases]
    public async Task What_is_imported_sends_at_once_and_comes_out_without_its_secrets(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(File(Http, Smtp));

        var catalog = host.Get<MessageCatalog>();
        var sms = catalog.Find(Production(host), MessageChannel.Sms)!;
        Assert.Equal((MessageProvider.Http, "https://gateway.example.com/sms", "gateway-token", "码 {code}"), (sms.Provider, sms.Setting("url"), sms.Secret("token"), sms.Setting("text")));
        var mail = catalog.Find(Production(host), MessageChannel.Mail)!;
        Assert.Equal(("465", "tls", "mail-secret"), (mail.Setting("port"), mail.Setting("security"), mail.Secret("password")));

        var exported = await host.ExportAsync("other");
        var environment = JsonNode.Parse(exported)!["projects"]![0]!["environments"]!["production"]!;
        Assert.Equal((465, true), ((int)environment["mail"]!["port"]!, environment["mail"]!.AsObject().ContainsKey("password") && environment["mail"]!["password"] is null));
        Assert.DoesNotContain("gateway-token", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("mail-secret", exported, StringComparison.Ordinal);

        var before = await host.EverythingAsync();
        Assert.Empty((await host.ImportAsync(exported)).Changes);
        Assert.Empty((await host.ImportAsync(File(Http, Smtp))).Changes);
        Assert.Equal(before, await host.EverythingAsync());
    }

    [Theory, BothDatabases]
    public async Task Another_provider_drops_what_is_not_in_its_form(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(File(Http, Smtp));

        var report = await host.ImportAsync(File("""{ "provider": "inbox" }""", """{ "provider": "smtp", "host": "mail2.example.com", "from": "no-reply@example.com" }"""));

        Assert.Contains(report.Changes, c => c.Path.EndsWith("sms.token", StringComparison.Ordinal) && c.After is null);
        var sms = host.Get<MessageCatalog>().Find(Production(host), MessageChannel.Sms)!;
        Assert.Equal((MessageProvider.Inbox, 0, "码 {code}"), (sms.Provider, sms.Secrets.Count, sms.Setting("text")));
        var mail = host.Get<MessageCatalog>().Find(Production(host), MessageChannel.Mail)!;
        Assert.Equal(("mail2.example.com", "mail-secret"), (mail.Setting("host"), mail.Secret("password")));
    }

    [Theory]
    [InlineData("""{ "provider": "smtp", "host": "mail.example.com", "from": "a@example.com" }""", "$.projects[0].environments.production.sms.provider")]
    [InlineData("""{ "provider": "inbox", "text": "没有码" }""", "$.projects[0].environments.production.sms.text")]
    [InlineData("""{ "provider": "aliyun", "accessKeyId": "a", "accessKeySecret": "s", "signName": "签名" }""", "$.projects[0].environments.production.sms.templateCode")]
    [InlineData("""{ "provider": "http", "url": "https://gateway.example.com/" }""", "$.projects[0].environments.production.sms.token")]
    public async Task What_is_wrong_is_told_by_its_path(string sms, string path)
    {
        await using var host = await Imports.EmptyHostAsync(DatabaseKind.Sqlite);
        Assert.Contains(path, await host.RefusedAsync(File(sms, """{ "provider": "inbox" }""")));
    }

    [Theory, BothDatabases]
    public async Task What_a_version_before_kept_is_laid_into_the_table_at_the_start(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync("""{ "projects": [{ "code": "other", "name": "另一个" }] }""");
        var (production, box) = (Production(host), host.Get<SecretBox>());
        var kept = new Dictionary<string, SealedText> { ["sms"] = box.Seal(Http), ["mail"] = box.Seal(Smtp) };
        await host.Get<Store>().WriteAsync(production.Scope, db =>
        {
            foreach (var (section, json) in kept)
            {
                db.Add(new KeptSection { Id = db.NextId(), ProjectId = production.ProjectId, EnvironmentId = production.Id, Section = section, Json = json });
            }

            db.Audit(Actor.Host, "project.imported", "project", "other");
            return Task.FromResult(Outcome.Done);
        });

        for (var start = 0; start < 2; start++)
        {
            await new KeptTakeOver(host.Get<Store>(), box, host.Get<ProjectFileImport>(), NullLogger<KeptTakeOver>.Instance).StartAsync(default);
        }

        Assert.Equal(0, await host.ReadAsync(db => db.Set<KeptSection>().CountAsync()));
        Assert.Equal("gateway-token", host.Get<MessageCatalog>().Find(production, MessageChannel.Sms)!.Secret("token"));
        Assert.Empty((await host.ImportAsync(File(Http, Smtp))).Changes);
    }
}
