using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Sources;

/// <summary>What a set-up must be, beside what the page shows of it.</summary>
public sealed class SourceFormTests
{
    [Theory]
    [InlineData(SourceKind.WeChat, null, false)]
    [InlineData(SourceKind.WeChat, "token", false)]
    [InlineData(SourceKind.WeChat, "code", true)]
    [InlineData(SourceKind.QQ, null, true)]
    [InlineData(SourceKind.Weibo, "token", true)]
    [InlineData(SourceKind.Facebook, null, true)]
    [InlineData(SourceKind.Twitter, null, false)]
    [InlineData(SourceKind.Alipay, null, true)]
    [InlineData(SourceKind.Apple, null, true)]
    [InlineData(SourceKind.Google, null, true)]
    public void A_form_says_whether_another_apps_token_can_be_told(SourceKind kind, string? mode, bool proves) =>
        Assert.Equal(proves, SourceRules.Forms[kind].ProvesAudience(mode is null ? new Dictionary<string, string>() : new() { ["mode"] = mode }));

    [Theory]
    [InlineData("mode", "both")]
    [InlineData("appId", "12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("apiBase", "ftp://a.example")]
    public void A_value_that_does_not_fit_is_named(string name, string value)
    {
        var settings = new Dictionary<string, string> { ["appId"] = "wx1", [name] = value };
        Assert.Equal(new(FaultKind.Invalid, name), SourceRules.Check(SourceKind.WeChat, settings, new Dictionary<string, string> { ["appSecret"] = "s" }));
    }

    [Fact]
    public async Task A_source_of_an_app_needs_one_of_this_environment_and_no_other_takes_one()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var google = new Dictionary<string, string> { ["clientId"] = "c" };
        async Task<Fault?> SaveAsync(SourceKind kind, string app, Dictionary<string, string> settings, string secret) =>
            (await world.Get<SourceService>().SaveAsync(Actor.Host, world.Development.Id, new(kind, app, true, settings, new Dictionary<string, string?> { [secret] = "s" }, 0))).Fault;

        Assert.Equal(new(FaultKind.Missing, "pluginId"), await SaveAsync(SourceKind.Google, "", google, "clientSecret"));
        Assert.Equal(new(FaultKind.UnknownApp, "pluginId"), await SaveAsync(SourceKind.Google, world.ProductionAppKey, google, "clientSecret"));
        Assert.Equal(new(FaultKind.Invalid, "pluginId"), await SaveAsync(SourceKind.WeChat, world.AppKey, new() { ["appId"] = "wx1" }, "appSecret"));
        Assert.Null(await SaveAsync(SourceKind.Google, world.AppKey, google, "clientSecret"));
    }
}
