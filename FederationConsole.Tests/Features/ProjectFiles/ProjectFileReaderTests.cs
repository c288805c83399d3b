using System.Globalization;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Messages;
using FederationConsole.Features.ProjectFiles;

namespace FederationConsole.Tests.Features.ProjectFiles;

public sealed class ProjectFileReaderTests
{
    public ProjectFileReaderTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void The_example_of_the_page_reads_clean_with_every_value()
    {
        var project = Assert.Single(Example.Accepted(Example.Text).File.Projects!);
        var development = project.Environments!.Development!;
        var app = Assert.Single(project.Apps!);
        Assert.Equal(("demo", "演示项目"), (project.Code, project.Name));
        Assert.Equal("1007d2ad1f8c4e00", development.CorpId);
        Assert.Equal(MessageProvider.Http, development.Sms!.Provider);
        Assert.Equal(7200, development.Policies!.AccessTokenSeconds);
        Assert.Equal([10, 4, 12], development.Sources!.Select(s => s.Source));
        Assert.Equal("hush-wechat", development.Sources![1].AppSecret!.Reveal());
        Assert.Equal(AttributeType.String, development.Attributes![1].Type);
        Assert.Equal(TimeSpan.FromHours(8), development.Meetings![0].StartsAt.Offset);
        Assert.Equal(["guest"], development.Meetings![0].Items![0].AttendeeTypeIds!);
        Assert.Equal(new EnvironmentEntry(), project.Environments.Production);
        Assert.Equal("a1b2c3d4e5f6", app.Credentials!.Development!.AppKey);
        Assert.Equal("openid", app.VendorAccount!.Development!.Fields!["openid"]);
        Assert.Null(app.VendorAccount.Production);
    }

    [Fact]
    public void A_file_never_prints_its_secrets()
    {
        var tree = Example.Accepted(Example.Text);
        var development = tree.File.Projects![0].Environments!.Development!;
        Assert.Contains("•••", development.Sources![0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", $"{development.Sources![0]}{development.Sources[2]}{tree.File}{development.Sms}", StringComparison.Ordinal);
        Assert.DoesNotContain("hush", string.Join('\n', Example.Faults(Example.Text.Replace("\"hush-", "\"\\ud800hush-", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_null_is_left_as_it_is()
    {
        var source = Example.Accepted(Example.With(("{dev}/sources/1", """{ "source": 4, "appId": "wx1", "appSecret": null }"""))).File
            .Projects![0].Environments!.Development!.Sources![1];
        Assert.True(source.AppSecret!.IsAsItIs);
        Assert.Throws<InvalidOperationException>(source.AppSecret.Reveal);
    }

    /// <summary>Each row: what is put where ('-' takes the key away), the one fault's path, and words of its message.</summary>
    [Theory]
    // keys
    [InlineData("projects/0/appz", "[]", "$.projects[0].appz", "no such key")]
    [InlineData("{dev}/corpID", "\"x\"", "$.projects[0].environments.development.corpID", "no such key")]
    [InlineData("{dev}/webhook", "[]", "$.projects[0].environments.development.webhook", "no such key")]
    [InlineData("{dev}/policies/accessTokenSecond", "7", "$.projects[0].environments.development.policies.accessTokenSecond", "no such key")]
    [InlineData("projects/0/environments/test", "{}", "$.projects[0].environments.test", "development, production")]
    [InlineData("projects/0/a b", "1", "$.projects[0]['a b']", "no such key")]
    [InlineData("{dev}/sources/0/appId", "\"x\"", "$.projects[0].environments.development.sources[0].appId", "no such key")]
    [InlineData("{dev}/attributes/0/name", "\"x\"", "$.projects[0].environments.development.attributes[0].name", "library, description")]
    [InlineData("{dev}/attributes/1/options", "[]", "$.projects[0].environments.development.attributes[1].options", "no such key")]
    [InlineData("projects/0/code", "-", "$.projects[0].code", "missing")]
    [InlineData("projects", "-", "$.projects", "missing")]
    [InlineData("{dev}/sources/0/token", "-", "$.projects[0].environments.development.sources[0].token", "missing")]
    [InlineData("{dev}/sources/2/privateKey", "-", "$.projects[0].environments.development.sources[2].privateKey", "missing")]
    [InlineData("{dev}/sources/3", "{ \"source\": 9, \"appId\": \"a\", \"privateKey\": null }", "$.projects[0].environments.development.sources[3].alipayPublicKey", "missing")]
    [InlineData("{dev}/sources/3", "{ \"source\": 7, \"appId\": \"a\", \"appSecret\": null, \"mode\": \"code\" }", "$.projects[0].environments.development.sources[3].mode", "no such key")]
    [InlineData("{dev}/sources/1/redirectUri", "\"https://a.example\"", "$.projects[0].environments.development.sources[1].redirectUri", "no such key")]
    [InlineData("{dev}/sources/1/mode", "\"both\"", "$.projects[0].environments.development.sources[1].mode", "token, code")]
    [InlineData("{dev}/sources/1/source", "-", "$.projects[0].environments.development.sources[1].source", "missing")]
    [InlineData("{meeting}/endsAt", "-", "$.projects[0].environments.development.meetings[0].endsAt", "missing")]
    [InlineData("{meeting}/attendeeTypes/0/fields/1/options", "-", "$.projects[0].environments.development.meetings[0].attendeeTypes[0].fields[1].options", "missing")]
    [InlineData("{app}/vendorAccount/development/clientSecret", "-", "$.projects[0].apps[0].vendorAccount.development.clientSecret", "missing")]
    // types
    [InlineData("projects", "{}", "$.projects", "wrong type")]
    [InlineData("projects/0", "7", "$.projects[0]", "wrong type")]
    [InlineData("projects/0/name", "7", "$.projects[0].name", "wrong type")]
    [InlineData("projects/0/name", "null", "$.projects[0].name", "null is no value")]
    [InlineData("{app}/serviceEnabled", "\"true\"", "$.projects[0].apps[0].serviceEnabled", "wrong type")]
    [InlineData("{dev}/policies/refreshTokenDays", "30.0", "$.projects[0].environments.development.policies.refreshTokenDays", "wrong type")]
    [InlineData("{dev}/sources/0/token", "[\"hush\"]", "$.projects[0].environments.development.sources[0].token", "wrong type")]
    // forms
    [InlineData("projects/0/code", "\"Demo\"", "$.projects[0].code", "small letter")]
    [InlineData("{dev}/corpId", "\"1007D2AD1F8C4E00\"", "$.projects[0].environments.development.corpId", "small letters")]
    [InlineData("{dev}/corpId", "\"short\"", "$.projects[0].environments.development.corpId", "8 to 32")]
    [InlineData("{dev}/sources/0/url", "\"ftp://a.example/\"", "$.projects[0].environments.development.sources[0].url", "http")]
    [InlineData("{dev}/sources/0/url", "\"http://user@a.example/\"", "$.projects[0].environments.development.sources[0].url", "without user name")]
    [InlineData("{dev}/returnUrls/0", "\"javascript:alert(1)\"", "$.projects[0].environments.development.returnUrls[0]", "http")]
    [InlineData("{dev}/returnUrls/0", "\"https://a.example/?q\"", "$.projects[0].environments.development.returnUrls[0]", "query")]
    [InlineData("{app}/credentials/development/redirectUris/0", "\"https://a.example/#f\"", "$.projects[0].apps[0].credentials.development.redirectUris[0]", "fragment")]
    [InlineData("{app}/credentials/development/origins/0", "\"https://a.example/\"", "$.projects[0].apps[0].credentials.development.origins[0]", "origin")]
    [InlineData("{app}/credentials/production/appKey", "\"with space\"", "$.projects[0].apps[0].credentials.production.appKey", "8 to 64 letters")]
    [InlineData("{app}/credentials/production/appSecret", "\"\"", "$.projects[0].apps[0].credentials.production.appSecret", "null leaves it")]
    [InlineData("{dev}/sms/provider", "\"smtp\"", "$.projects[0].environments.development.sms.provider", "inbox, http")]
    [InlineData("{dev}/sources/1/source", "11", "$.projects[0].environments.development.sources[1].source", "4, 5, 6, 7, 8, 9, 10, 12, 13")]
    [InlineData("{dev}/attributes/0/library", "\"gendre\"", "$.projects[0].environments.development.attributes[0].library", "did you mean gender")]
    [InlineData("{dev}/attributes/1/type", "\"text\"", "$.projects[0].environments.development.attributes[1].type", "multi-enum")]
    [InlineData("{dev}/attributes/1/id", "\"9lives\"", "$.projects[0].environments.development.attributes[1].id", "a letter, then")]
    [InlineData("{dev}/attributes/1/id", "\"a23456789012345678901234567890123\"", "$.projects[0].environments.development.attributes[1].id", "1 to 32")]
    [InlineData("{dev}/attributes/1/id", "\"Mobile\"", "$.projects[0].environments.development.attributes[1].id", "built in")]
    [InlineData("{dev}/attributes/1/id", "\"Company\"", "$.projects[0].environments.development.attributes[1].id", "built in")]
    [InlineData("{dev}/attributes/1/pattern", "\"(\"", "$.projects[0].environments.development.attributes[1].pattern", "regular expression")]
    [InlineData("{dev}/attributes/1/pattern", "\"(?=a)b\"", "$.projects[0].environments.development.attributes[1].pattern", "look-around")]
    [InlineData("{dev}/webhooks/0/events/0", "\"User.*\"", "$.projects[0].environments.development.webhooks[0].events[0]", "user.created")]
    [InlineData("{dev}/webhooks/0/events", "[]", "$.projects[0].environments.development.webhooks[0].events", "1 to 100")]
    [InlineData("{meeting}/startsAt", "\"2026-12-01T09:00:00\"", "$.projects[0].environments.development.meetings[0].startsAt", "offset")]
    [InlineData("{meeting}/startsAt", "\"2026-13-01T09:00:00Z\"", "$.projects[0].environments.development.meetings[0].startsAt", "ISO 8601")]
    [InlineData("{meeting}/name", "\"a\\nb\"", "$.projects[0].environments.development.meetings[0].name", "a line")]
    // ranges and order
    [InlineData("{dev}/policies/accessTokenSeconds", "59", "$.projects[0].environments.development.policies.accessTokenSeconds", "60 to 86400")]
    [InlineData("{dev}/policies/accessTokenSeconds", "99999999999999999999999999999999999", "$.projects[0].environments.development.policies.accessTokenSeconds", "60 to 86400")]
    [InlineData("{dev}/policies/smsMaxPerDay", "2", "$.projects[0].environments.development.policies.smsMaxPerDay", "after smsFreePerDay")]
    [InlineData("{meeting}/endsAt", "\"2026-12-01T01:00:00Z\"", "$.projects[0].environments.development.meetings[0].endsAt", "after startsAt")]
    [InlineData("{meeting}/capacity", "0", "$.projects[0].environments.development.meetings[0].capacity", "from 1")]
    [InlineData("{meeting}/items/0/price", "0.001", "$.projects[0].environments.development.meetings[0].items[0].price", "2 decimals")]
    // twice
    [InlineData("{dev}/returnUrls/1", "\"https://app.example.com/\"", "$.projects[0].environments.development.returnUrls[1]", "returnUrls[0]")]
    [InlineData("{dev}/sources/3", "{ \"source\": 10, \"url\": \"http://a.example\", \"token\": null }", "$.projects[0].environments.development.sources[3].source", "sources[0].source")]
    [InlineData("{dev}/attributes/2", "{ \"library\": \"gender\" }", "$.projects[0].environments.development.attributes[2].library", "attributes[0].library")]
    [InlineData("{dev}/attributes/2", "{ \"id\": \"Badge_No\", \"name\": \"x\", \"type\": \"url\" }", "$.projects[0].environments.development.attributes[2].id", "attributes[1].id")]
    [InlineData("{app}/credentials/production/appKey", "\"a1b2c3d4e5f6\"", "$.projects[0].apps[0].credentials.production.appKey", "credentials.development.appKey")]
    [InlineData("projects/0/environments/production/corpId", "\"1007d2ad1f8c4e00\"", "$.projects[0].environments.production.corpId", "development.corpId")]
    [InlineData("projects/1", "{ \"code\": \"demo\", \"name\": \"x\" }", "$.projects[1].code", "projects[0].code")]
    [InlineData("projects/0/environments/production/meetings", "[{ \"id\": \"8d4f0000-0000-4000-8000-000000000001\", \"name\": \"x\", \"startsAt\": \"2026-12-01T09:00:00Z\", \"endsAt\": \"2026-12-01T10:00:00Z\" }]", "$.projects[0].environments.production.meetings[0].id", "development.meetings[0].id")]
    // references
    [InlineData("{dev}/sources/2/pluginId", "\"f6e5d4c3b2a1\"", "$.projects[0].environments.development.sources[2].pluginId", "does not stand in the file")]
    [InlineData("{meeting}/items/0/attendeeTypeIds/0", "\"crowd\"", "$.projects[0].environments.development.meetings[0].items[0].attendeeTypeIds[0]", "does not stand in the file")]
    [InlineData("{meeting}/invitationCodes/0/attendeeTypeIds/0", "\"crowd\"", "$.projects[0].environments.development.meetings[0].invitationCodes[0].attendeeTypeIds[0]", "does not stand in the file")]
    [InlineData("{meeting}/agendas/0/parentSkuId", "\"other\"", "$.projects[0].environments.development.meetings[0].agendas[0].parentSkuId", "does not stand in the file")]
    public void One_fault_is_named_by_its_path(string at, string json, string path, string says)
    {
        // A null on the right side of an edit would take the key away, so a JSON null goes in as the text.
        var text = json == "null" ? Example.With((at, "\"\\u0000null\"")).Replace("\"\\u0000null\"", "null", StringComparison.Ordinal) : Example.With((at, json == "-" ? null : json));
        var fault = Assert.Single(Example.Faults(text));
        Assert.Equal(path, fault.Path);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sourcs", "sources")]
    [InlineData("Attributes", "attributes")]
    [InlineData("returnUrl", "returnUrls")]
    public void An_unknown_key_offers_the_nearest_that_is_still_free(string typed, string meant)
    {
        var text = Example.Text.Replace($"\"{meant}\":", $"\"{typed}\":", StringComparison.Ordinal);
        Assert.Contains($"did you mean {meant}?", Example.Faults(text)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_stands_twice_is_refused()
    {
        var fault = Assert.Single(Example.Faults("""{ "projects": [{ "code": "aa", "name": "b", "code": "c" }] }"""));
        Assert.Equal("$.projects[0].code", fault.Path);
        Assert.Contains("twice", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_said_at_once()
    {
        var text = Example.With(
            ("projects/0/name", null), ("{dev}/corpId", "1"), ("{dev}/policies/smsFree", "1"), ("{dev}/sources/2/teamId", null),
            ("{meeting}/capacity", "-5"), ("{app}/credentials/development/appKey", "\"another-key\""));
        Assert.Equal(
            [
                "$.projects[0].environments.development.corpId", "$.projects[0].environments.development.meetings[0].capacity",
                "$.projects[0].environments.development.policies.smsFree", "$.projects[0].environments.development.sources[2].pluginId",
                "$.projects[0].environments.development.sources[2].teamId", "$.projects[0].name",
            ],
            Example.Faults(text).Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\n  \"projects\": [ }", "line 2")]
    [InlineData("null", "an object")]
    [InlineData("[]", "an object")]
    public void What_is_no_project_file_at_all_is_refused_at_the_root(string text, string says)
    {
        var fault = Assert.Single(Example.Faults(text));
        Assert.Equal("$", fault.Path);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apple_and_Google_stand_once_for_each_app()
    {
        var apple = """{ "source": 12, "pluginId": "PLUGIN", "clientId": "c", "teamId": "t", "keyId": "k", "privateKey": null }""";
        var crm = """{ "code": "crm", "name": "CRM", "credentials": { "development": { "appKey": "crm-key-1" } } }""";
        Assert.Empty(Example.Faults(Example.With(("projects/0/apps/1", crm), ("{dev}/sources/3", apple.Replace("PLUGIN", "crm-key-1", StringComparison.Ordinal)))));
        var again = Assert.Single(Example.Faults(Example.With(("{dev}/sources/3", apple.Replace("PLUGIN", "a1b2c3d4e5f6", StringComparison.Ordinal)))));
        Assert.Equal("$.projects[0].environments.development.sources[3].source", again.Path);
    }

    [Theory]
    [InlineData("zh-CN", "没有这个键，是否想写 apps？")]
    [InlineData("en", "did you mean apps?")]
    public void Faults_speak_the_language_of_the_reader(string culture, string says)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Assert.Contains(says, Example.Faults(Example.Text.Replace("\"apps\"", "\"appss\"", StringComparison.Ordinal))[0].Message, StringComparison.Ordinal);
    }
}
