using FederationConsole.Features.VendorAccounts.Conformance;
using FederationConsole.Tests.Platform.Outbound;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.VendorAccounts.Conformance;

/// <summary><c>-- check-vendor</c>.</summary>
public sealed class ConformanceCommandTests
{
    [Fact]
    public async Task It_prints_each_rule_and_says_by_its_code_whether_one_fails()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        vendor.Names["openid"] = "uid";
        var fields = Path.GetTempFileName();
        await File.WriteAllTextAsync(fields, """{ "openid": "uid" }""");
        try
        {
            var good = await RunAsync([.. Arguments(vendor), "--get", "--fields", fields]);
            Assert.Equal(0, good.Code);
            Assert.Equal(Enum.GetValues<ConformanceRule>().Length + 1, good.Lines.Length);
            Assert.All(Enum.GetValues<ConformanceRule>(), rule => Assert.Contains(good.Lines, line => line.Contains(ConformanceTexts.Of(rule), StringComparison.Ordinal)));
            Assert.DoesNotContain(good.Lines, line => line.Contains(ExaminedVendor.ClientSecret, StringComparison.Ordinal) || line.Contains("the-code", StringComparison.Ordinal));

            // The code is spent now, which is what the second run finds.
            var spent = await RunAsync([.. Arguments(vendor), "--fields", fields]);
            Assert.Equal(1, spent.Code);
            Assert.Contains(spent.Lines, line => line.StartsWith(ConformanceTexts.Of(RuleOutcome.Fails), StringComparison.Ordinal) && line.Contains("100002", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(fields);
        }
    }

    [Fact]
    public async Task Used_wrongly_it_says_its_form_and_asks_nobody()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        string[] good = Arguments(vendor);
        foreach (var wrong in new string[][] { [], good[2..], [.. good, "--get", "--get"], [.. good, "--fields"], [.. good, "--unknown", "x"], [.. good[2..], "--token-url", "ftp://a"], [.. good, "--fields", "/nowhere.json"] })
        {
            Assert.Equal(2, (await RunAsync(wrong)).Code);
        }

        Assert.Empty(vendor.Methods);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "openid": 1 }""")]
    [InlineData("""{ "open_id": "uid" }""")]
    [InlineData("""{ "openid": "access_token" }""")]
    public async Task Field_names_that_the_console_refuses_are_used_wrongly(string text)
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        var fields = Path.GetTempFileName();
        await File.WriteAllTextAsync(fields, text);
        try
        {
            Assert.Equal(2, (await RunAsync([.. Arguments(vendor), "--fields", fields])).Code);
            Assert.Empty(vendor.Methods);
        }
        finally
        {
            File.Delete(fields);
        }
    }

    [Fact]
    public async Task As_a_process_it_prints_its_rules_alone_and_ends_with_its_code()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var good = await ProductProcess.RunAsync(database, ["check-vendor", .. Arguments(vendor)]);
        Assert.Equal(0, good.Code);
        Assert.Equal(Enum.GetValues<ConformanceRule>().Length + 1, good.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(1, (await ProductProcess.RunAsync(database, ["check-vendor", .. Arguments(vendor)])).Code);
        Assert.Equal(2, (await ProductProcess.RunAsync(database, ["check-vendor", "--get"])).Code);
    }

    private static string[] Arguments(ExaminedVendor vendor) =>
    [
        "--token-url", vendor.TokenUrl.AbsoluteUri, "--user-info-url", vendor.UserInfoUrl.AbsoluteUri,
        "--client-id", ExaminedVendor.ClientId, "--client-secret", ExaminedVendor.ClientSecret, "--code", "the-code",
    ];

    private static async Task<(int Code, string[] Lines)> RunAsync(string[] args)
    {
        await using var output = new StringWriter();
        var code = await new ConformanceCommand(new(Outbounds.Calls())).RunAsync(output, args);
        return (code, output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
