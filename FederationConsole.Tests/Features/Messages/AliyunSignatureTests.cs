using FederationConsole.Features.Messages;

namespace FederationConsole.Tests.Features.Messages;

public sealed class AliyunSignatureTests
{
    /// <summary>The worked example of the vendor's page "V3 request structure and signature" (RunInstances).</summary>
    [Fact]
    public void It_is_the_one_of_the_vendors_page()
    {
        var query = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["RegionId"] = "cn-shanghai", ["ImageId"] = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
        };
        var call = new AliyunCall(
            "YourAccessKeyId", "YourAccessKeySecret", "RunInstances", "2014-05-26", new(2023, 10, 26, 10, 22, 32, TimeSpan.Zero), "3156853299f313e23d1673dc12e1703d");

        var headers = AliyunSignature.Sign(call, "POST", new Uri($"https://ecs.cn-shanghai.aliyuncs.com/?{AliyunSignature.Canonical(query)}"), []).ToDictionary();

        Assert.Equal("2023-10-26T10:22:32Z", headers["x-acs-date"]);
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", headers["x-acs-content-sha256"]);
        Assert.Equal(
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version," +
            "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
            headers["Authorization"]);
    }

    [Fact]
    public void Names_and_values_are_written_by_RFC_3986() =>
        Assert.Equal("SignName=%E9%98%BF%E9%87%8C%20%2A~&TemplateParam=%7B%22code%22%3A%22123456%22%7D", AliyunSignature.Canonical(new(StringComparer.Ordinal)
        {
            ["TemplateParam"] = """{"code":"123456"}""", ["SignName"] = "阿里 *~",
        }));
}
