using System.Net;
using System.Net.Sockets;

namespace FederationConsole.Platform.Outbound;

/// <summary>
/// Which addresses are of the public internet, after IANA's special-purpose registries (RFC 6890). IPv4: all but the table. IPv6: only
/// global unicast, and of that all but the table, so that NAT64, ULA, link-local and whatever is assigned later stay out by themselves.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] SpecialV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network; Linux connects 0.0.0.0 to itself
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // private
            "100.64.0.0/10", // carrier-grade NAT; Alibaba Cloud's metadata
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's host agent, a public number that answers inside
            "169.254.0.0/16", // link-local; metadata of most clouds
            "192.0.0.0/24", "192.88.99.0/24", // IETF protocols, 6to4 relays
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", // documentation
            "198.18.0.0/15", // benchmarks
            "224.0.0.0/4", "240.0.0.0/4", // multicast, reserved and broadcast
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialV6 =
    [
        .. new[]
        {
            "2001::/23", // IETF protocols; Teredo wraps an IPv4 address
            "2001:db8::/32", "3fff::/20", // documentation
            "2002::/16", // 6to4 wraps an IPv4 address
        }.Select(IPNetwork.Parse),
    ];

    public static bool Contain(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => Contain(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetwork } => !Array.Exists(SpecialV4, network => network.Contains(address)),
        _ => GlobalV6.Contains(address) && !Array.Exists(SpecialV6, network => network.Contains(address)),
    };
}
