using System.Net;
using FederationConsole.Platform.Outbound;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FederationConsole.Tests.Platform.Outbound;

/// <summary>What the tests of this folder say over and over.</summary>
internal static class Outbounds
{
    public const string Partition = "env 12 source 10";

    public const string Ok = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}";

    public static OutboundCalls Calls(
        Action<OutboundOptions>? set = null, TimeProvider? time = null, ResolveName? resolve = null, ILogger<OutboundCalls>? log = null)
    {
        var options = new OutboundOptions { AllowPrivateNetworks = true };
        set?.Invoke(options);
        return new(options, time ?? TimeProvider.System, log ?? NullLogger<OutboundCalls>.Instance, resolve ?? Dns.GetHostAddressesAsync);
    }

    public static Task<OutboundResult> GetAsync(
        this OutboundCalls calls, Uri uri, string partition = Partition, CancellationToken ct = default) =>
        calls.SendAsync(new(partition, HttpMethod.Get, uri), ct);

    /// <summary>The reason why the call has no answer; fails when it has one.</summary>
    public static async Task<OutboundFailure> FailureAsync(this OutboundCalls calls, Uri uri, string partition = Partition) =>
        Assert.IsType<OutboundResult.Failed>(await calls.GetAsync(uri, partition)).Reason;
}
