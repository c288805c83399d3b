using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>The section vendorAccount of an app: in, out, and over from the version that only kept it.</summary>
public sealed class VendorSectionsTests
{
    private const string Path = "$.projects[demo].apps[shop].vendorAccount.development";

    [Theory, BothDatabases]
    public async Task What_is_imported_is_asked_at_once_and_comes_out_without_its_secret(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        var file = Example.With(
            ("{app}/vendorAccount/development/fields", """{ "openid": "uid" }"""), ("{app}/vendorAccount/development/tokenMethod", "\"get\""),
            ("{app}/vendorAccount/development/mobileVerified", "true"), ("{app}/vendorAccount/development/userInfoUrl", "\"/sandbox/vendor/sns/userinfo\""));
        await host.ImportAsync(file);

        var vendor = Vendor(host)!;
        Assert.Equal(("vendor-app", "hush-vendor", TokenMethod.Get, "uid", true, true), (vendor.ClientId, vendor.ClientSecret, vendor.TokenMethod, vendor.Name("openid"), vendor.MobileVerified, vendor.Enabled));
        Assert.Equal(new Uri(host.Address, "/sandbox/vendor/sns/userinfo").AbsoluteUri, vendor.UserInfoUrl);
        var before = await host.EverythingAsync();
        Assert.Empty((await host.ImportAsync(file)).Changes);
        var export = await host.ExportAsync("demo");
        Assert.Empty((await host.ImportAsync(export)).Changes);
        Assert.Equal(before, await host.EverythingAsync());
        Assert.DoesNotContain("hush-vendor", export, StringComparison.Ordinal);
        var section = JsonNode.Parse(export)!["projects"]![0]!["apps"]![0]!["vendorAccount"]!["development"]!;
        Assert.Equal(("get", "/sandbox/vendor/sns/userinfo", true), ((string)section["tokenMethod"]!, (string)section["userInfoUrl"]!, section.AsObject().ContainsKey("clientSecret")));
    }

    [Theory, BothDatabases]
    public async Task A_change_is_shown_done_and_unverified_again_and_null_takes_it_away(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.Text);
        var environment = host.Get<ProjectCatalog>().Environment("demo", EnvironmentKind.Development)!;
        await host.Get<Store>().WriteAsync(environment.Scope, async db =>
        {
            var row = await db.Set<VendorAccount>().SingleAsync();
            (row.VerifiedAt, row.VerifiedVersion) = (db.Now, row.Version);
            db.Audit(Actor.Host, "vendor_account.verified", "vendor_account", "x");
            return Outcome.Done;
        });

        var report = await host.ImportAsync(Example.With(("{app}/vendorAccount/development/clientSecret", "\"another-secret\"")));
        Assert.Equal(new ProjectFileChange($"{Path}.clientSecret", Secret.Mask, Secret.Mask), Assert.Single(report.Changes));
        Assert.Equal("another-secret", Vendor(host)!.ClientSecret);
        Assert.False(await host.Get<Store>().ReadAsync(environment.Scope, async db => (await db.Set<VendorAccount>().SingleAsync()).IsVerified));

        await host.ImportAsync(Example.With(("{app}/vendorAccount/development", "null")));
        Assert.Null(Vendor(host));
    }

    [Theory, BothDatabases]
    public async Task What_a_version_before_kept_is_laid_into_the_table_at_the_start(DatabaseKind database)
    {
        await using var host = await Imports.EmptyHostAsync(database);
        await host.ImportAsync(Example.With(("{app}/vendorAccount", null)));
        Assert.Null(Vendor(host));
        var app = host.Get<ProjectCatalog>().App("a1b2c3d4e5f6")!;
        var json = host.Get<SecretBox>().Seal("""{"tokenUrl":"https://third.com/get_access_token","userInfoUrl":"https://third.com/userinfo","clientId":"kept","clientSecret":"hush-kept","fields":{"openid":"uid"}}""");
        await host.Get<Store>().WriteAsync(Scope.Of(app.Environment.ProjectId), db =>
        {
            db.Add(new KeptSection { Id = db.NextId(), ProjectId = app.Environment.ProjectId, EnvironmentId = app.Environment.Id, AppId = app.Id, Section = "vendorAccount", Json = json });
            db.Audit(Actor.Host, "project.imported", "project", "demo");
            return Task.FromResult(Outcome.Done);
        });

        for (var start = 0; start < 2; start++)
        {
            await new KeptTakeOver(host.Get<Store>(), host.Get<SecretBox>(), host.Get<ProjectFileImport>(), NullLogger<KeptTakeOver>.Instance).StartAsync(default);
        }

        Assert.Equal(("kept", "hush-kept", "uid", true), (Vendor(host)!.ClientId, Vendor(host)!.ClientSecret, Vendor(host)!.Name("openid"), Vendor(host)!.Enabled));
        Assert.False(await host.ReadAsync(db => db.Set<KeptSection>().AnyAsync(k => k.Section == "vendorAccount")));
    }

    [Theory]
    [InlineData("""{ "openid": "access_token" }""", "openid")]
    [InlineData("""{ "openid": "uid", "mobile": "uid" }""", "openid")]
    [InlineData("""{ "code": "client_id" }""", "code")]
    [InlineData("""{ "code": "auth code" }""", "code")]
    public async Task Names_that_the_form_refuses_a_file_cannot_give(string fields, string refused)
    {
        await using var host = await Imports.EmptyHostAsync(DatabaseKind.Sqlite);
        Assert.Equal(
            [$"$.projects[0].apps[0].vendorAccount.development.fields.{refused}"], await host.RefusedAsync(Example.With(("{app}/vendorAccount/development/fields", fields))));
        await host.ImportAsync(Example.With(("{app}/vendorAccount/development/fields", """{ "openid": "uid", "code": "uid", "nick_name": "access_token" }""")));
        Assert.Equal(
            ["$.projects[demo].apps[shop].vendorAccount.development.fields.openid"],
            await host.RefusedAsync(Example.With(("{app}/vendorAccount/development/fields", """{ "mobile": "uid" }"""))));
    }

    private static VendorEntry? Vendor(TestHost host)
    {
        var app = host.Get<ProjectCatalog>().App("a1b2c3d4e5f6")!;
        return host.Get<VendorCatalog>().Find(app.Environment.Id, app.Id);
    }
}
