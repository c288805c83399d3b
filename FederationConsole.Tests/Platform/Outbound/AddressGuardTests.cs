using System.Net;
using System.Net.Sockets;
using FederationConsole.Platform.Outbound;
using static FederationConsole.Tests.Platform.Outbound.Outbounds;

namespace FederationConsole.Tests.Platform.Outbound;

/// <summary>With <see cref="OutboundOptions.AllowPrivateNetworks"/> off, a listening server on loopback must never see a request.</summary>
public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("１２７.0.0.1")]
    public async Task No_spelling_of_loopback_is_reached(string host)
    {
        await using var inside = new ThirdParty(Ok);
        using var calls = Calls(o => o.AllowPrivateNetworks = false);

        Assert.Equal(OutboundFailure.AddressNotAllowed, await calls.FailureAsync(new($"http://{host}:{inside.Port}/")));
        Assert.Empty(inside.Heads);
    }

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    public async Task The_setting_opens_them(string origin)
    {
        await using var inside = new ThirdParty(Ok);
        using var calls = Calls();

        Assert.IsType<OutboundResult.Answered>(await calls.GetAsync(new($"{origin}:{inside.Port}/")));
    }

    [Fact]
    public async Task A_name_that_turns_inside_after_it_was_looked_up_once_is_not_followed()
    {
        await using var inside = new ThirdParty(Ok);
        var asked = 0;
        using var calls = Calls(
            o => o.AllowPrivateNetworks = false,
            resolve: (_, _) =>
            {
                asked++;
                return Task.FromResult(new[] { IPAddress.Loopback, IPAddress.IPv6Loopback });
            });

        Assert.Equal(OutboundFailure.AddressNotAllowed, await calls.FailureAsync(new($"http://rebinding.example:{inside.Port}/")));
        Assert.Equal(1, asked);
        Assert.Empty(inside.Heads);
    }

    [Theory]
    [InlineData(false, "1.1.1.1 2606:4700::1111")]
    [InlineData(true, "127.0.0.1 1.1.1.1 10.0.0.1 2606:4700::1111 ::1")]
    public void Of_a_name_with_addresses_on_both_sides_the_inner_ones_are_not_tried(bool allowPrivate, string tried)
    {
        IPAddress[] found = [.. "127.0.0.1 1.1.1.1 10.0.0.1 2606:4700::1111 ::1".Split(' ').Select(IPAddress.Parse)];

        var allowed = new GuardedConnector(allowPrivate, Dns.GetHostAddressesAsync).Allowed(found);

        Assert.Equal(tried, string.Join(' ', allowed.Select(address => address.ToString())));
    }

    [Theory]
    [InlineData("xn--")]
    [InlineData("xn--a")]
    [InlineData("a..b")]
    [InlineData("-")]
    [InlineData("under_score.invalid")]
    [InlineData("\u2168.invalid")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.invalid")]
    public async Task An_odd_host_name_is_a_value_and_no_exception(string host)
    {
        using var calls = Calls(resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        if (Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri))
        {
            Assert.Contains(await calls.FailureAsync(uri), new[] { OutboundFailure.NameUnknown, OutboundFailure.UrlNotAllowed });
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://user:password@127.0.0.1/")]
    [InlineData("http://user@127.0.0.1/")]
    [InlineData("/relative")]
    public async Task Only_plain_web_addresses_are_asked(string url)
    {
        using var calls = Calls();

        Assert.Equal(OutboundFailure.UrlNotAllowed, await calls.FailureAsync(new(url, UriKind.RelativeOrAbsolute)));
        Assert.DoesNotContain("password@", calls.Health(Partition).Calls[0].Target, StringComparison.Ordinal);
    }
}
