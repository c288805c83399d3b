using System.Net;
using FederationConsole.Features.QrLogin;

namespace FederationConsole.Tests.Features.QrLogin;

/// <summary>What the phone is told of the PC.</summary>
public sealed class DeviceTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", "Chrome 130", "Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge 130", "Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15", "Safari 17", "macOS")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128", "Linux")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003137)", "WeChat 8", "iOS")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome 130", "Android")]
    [InlineData("curl/8.5.0", "?", "?")]
    [InlineData("", "?", "?")]
    [InlineData(null, "?", "?")]
    public void A_browser_is_named_as_its_owner_knows_it(string? userAgent, string browser, string system)
    {
        var device = Device.Of(userAgent, IPAddress.Parse("::ffff:203.0.113.7"), null);
        Assert.Equal((browser, system, "203.0.113.7", "203.0.113.7"), (device.Browser, device.System, device.Place, device.Address));
    }

    [Fact]
    public void A_place_is_what_the_proxy_says_in_one_line_of_at_most_64_characters()
    {
        Assert.Equal("湖北 武汉", Device.Of(null, IPAddress.Loopback, "湖北\n 武汉").Place);
        Assert.Equal(64, Device.Of(null, IPAddress.Loopback, new('x', 1000)).Place.Length);
        Assert.Equal("127.0.0.1", Device.Of(null, IPAddress.Loopback, " ").Place);
        Assert.Equal(256, Device.Of(new('x', 9999), IPAddress.Loopback, null).Client!.Length);
    }
}
