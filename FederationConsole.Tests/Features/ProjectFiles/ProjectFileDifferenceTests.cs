using FederationConsole.Features.Messages;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Platform;

namespace FederationConsole.Tests.Features.ProjectFiles;

public sealed class ProjectFileDifferenceTests
{
    private const string Development = "$.projects[demo].environments.development.";

    [Fact]
    public void The_same_file_again_changes_nothing()
    {
        var difference = Between(Example.Text, (_, _) => true);
        Assert.Empty(difference.Changes);
        Assert.Equal(ProjectFileWriter.Write(Current.File), ProjectFileWriter.Write(difference.Result));
    }

    [Fact]
    public void Secrets_that_are_told_change_but_are_never_shown()
    {
        var difference = Between(Example.Text, (path, secret) => path.EndsWith("sources[4].appSecret", StringComparison.Ordinal) && secret.Reveal() == "hush-wechat");
        Assert.Equal(8, difference.Changes.Count);
        Assert.All(difference.Changes, c => Assert.Equal((Secret.Mask, Secret.Mask), (c.Before, c.After)));
        var sources = difference.Result.Projects![0].Environments!.Development!.Sources!;
        Assert.Equal("hush-standard", sources[0].Token!.Reveal());
        Assert.True(sources[1].AppSecret!.IsAsItIs);
    }

    [Theory]
    [InlineData("projects/0/name", "\"新名\"", "$.projects[demo].name", "演示项目", "新名")]
    [InlineData("{dev}/policies/accessTokenSeconds", "3600", Development + "policies.accessTokenSeconds", "7200", "3600")]
    [InlineData("{dev}/hosts/oauth", "\"https://sso.example.com\"", Development + "hosts.oauth", null, "https://sso.example.com")]
    [InlineData("{dev}/returnUrls", "[]", Development + "returnUrls", "[\"https://app.example.com/\"]", "[]")]
    [InlineData("{dev}/sources/2/keyId", "\"KEY2\"", Development + "sources[12/a1b2c3d4e5f6].keyId", "KEY1234567", "KEY2")]
    [InlineData("{dev}/attributes/1/maxLength", "null", Development + "attributes[badge_no].maxLength", "20", null)]
    [InlineData("{meeting}/items/0/price", "9.5", Development + "meetings[8d4f0000-0000-4000-8000-000000000001].items[guest-ticket].price", "0", "9.5")]
    [InlineData("{app}/vendorAccount/development/fields/openid", "\"uid\"", "$.projects[demo].apps[shop].vendorAccount.development.fields.openid", "openid", "uid")]
    public void One_value_that_differs_is_one_change(string at, string json, string path, string? before, string? after)
    {
        var text = json == "null" ? Example.With((at, "12345")).Replace("12345,", "null,", StringComparison.Ordinal) : Example.With((at, json));
        Assert.Equal(new ProjectFileChange(path, before, after), Assert.Single(Between(text, (_, _) => true).Changes));
    }

    [Fact]
    public void What_the_file_does_not_name_is_left_alone()
    {
        var difference = Between("""{ "projects": [{ "code": "demo", "name": "演示项目", "apps": [] }] }""", (_, _) => false);
        Assert.Empty(difference.Changes);
        Assert.Equal(ProjectFileWriter.Write(Current.File), ProjectFileWriter.Write(difference.Result));
    }

    [Fact]
    public void The_same_instant_and_number_written_otherwise_are_no_change()
    {
        var text = Example.With(("{meeting}/startsAt", "\"2026-12-01T01:00:00Z\""), ("{meeting}/items/0/price", "0.00"));
        Assert.Empty(Between(text, (_, _) => true).Changes);
    }

    [Fact]
    public void A_thing_without_id_is_found_by_its_name()
    {
        var difference = Between(Example.With(("{meeting}/id", null), ("{meeting}/capacity", "600")), (_, _) => true);
        var meeting = Assert.Single(difference.Result.Projects![0].Environments!.Development!.Meetings!);
        Assert.Equal(("8d4f0000-0000-4000-8000-000000000001", 600), (meeting.Id, meeting.Capacity));
        Assert.Equal(Development + "meetings[2026 开发者大会].capacity", Assert.Single(difference.Changes).Path);
    }

    [Fact]
    public void A_meeting_may_have_many_codes()
    {
        var codes = string.Join(',', Enumerable.Range(0, 10_000).Select(i => FormattableString.Invariant($$"""{ "code": "CODE{{i}}", "attendeeTypeIds": ["guest"] }""")));
        var file = Example.Accepted(Example.With(("{meeting}/invitationCodes", $"[{codes}]")));
        Assert.Empty(ProjectFileDifference.Between(ProjectFileTree.Of(file.File), file, Example.Shape, (_, _) => true).Changes);
    }

    [Fact]
    public void Everything_in_a_new_item_is_a_change()
    {
        var difference = Between("""{ "projects": [{ "code": "new", "name": "新", "environments": { "development": { "sms": { "provider": "http", "url": "http://a.example/", "token": "hush" } } } }] }""", (_, _) => false);
        Assert.Equal(
            [
                new("$.projects[new].code", null, "new"),
                new("$.projects[new].name", null, "新"),
                new("$.projects[new].environments.development.sms.provider", null, "http"),
                new("$.projects[new].environments.development.sms.url", null, "http://a.example/"),
                new("$.projects[new].environments.development.sms.token", null, Secret.Mask),
            ],
            difference.Changes);
        Assert.Equal(["demo", "new"], difference.Result.Projects!.Select(p => p.Code));
    }

    [Fact]
    public void Another_provider_takes_the_keys_of_the_one_before_away()
    {
        var difference = Between(Example.With(("{dev}/sms", """{ "provider": "inbox" }""")), (_, _) => true);
        Assert.Equal(
            [
                new(Development + "sms.provider", "http", "inbox"),
                new(Development + "sms.url", "http://127.0.0.1:9000/sms", null),
                new(Development + "sms.token", Secret.Mask, null),
            ],
            difference.Changes);
        Assert.Equal(new MessageProviderEntry { Provider = MessageProvider.Inbox }, difference.Result.Projects![0].Environments!.Development!.Sms);
    }

    /// <summary>The example as the product would export it.</summary>
    private static ProjectFileTree Current => ProjectFileTree.Of(Example.Accepted(Example.Text).File);

    private static ProjectFileDifference Between(string file, Func<string, Secret, bool> holds) =>
        ProjectFileDifference.Between(Current, Example.Accepted(file), Example.Shape, holds);
}
