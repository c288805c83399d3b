using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace FederationConsole.Platform.Outbound;

/// <summary>
/// Connections for what is not HTTP (SMTP): the same guard of addresses, the same trust in certificates and the same time as a
/// call has. Without the bulkhead and the breaker of <see cref="OutboundCalls"/>.
/// </summary>
public sealed class OutboundStreams(IOptions<OutboundOptions> options)
{
    private readonly GuardedConnector _connector = new(options.Value.AllowPrivateNetworks, Dns.GetHostAddressesAsync);

    /// <summary>For the whole conversation.</summary>
    public TimeSpan Timeout => options.Value.Timeout;

    /// <summary>
    /// Opens a connection, or says why there is none. <see cref="OperationCanceledException"/> is the caller's own time-out.
    /// </summary>
    public async Task<(Stream? Stream, OutboundFailure? Failure)> ConnectAsync(string host, int port, CancellationToken ct)
    {
        try
        {
            return (await _connector.ConnectAsync(new DnsEndPoint(host, port), ct), null);
        }
        catch (AddressNotAllowedException)
        {
            return (null, OutboundFailure.AddressNotAllowed);
        }
        catch (SocketException exception)
        {
            return (null, exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain ? OutboundFailure.NameUnknown : OutboundFailure.Unreachable);
        }
    }

    /// <summary>TLS over an open connection, which is closed with it. Null: no certificate that we trust, or no TLS.</summary>
    public static async Task<Stream?> SecureAsync(Stream inner, string host, CancellationToken ct)
    {
        var secure = new SslStream(inner, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    CertificateChainPolicy = new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
                },
                ct);
            return secure;
        }
        catch (Exception exception) when (exception is System.Security.Authentication.AuthenticationException or IOException)
        {
            await secure.DisposeAsync();
            return null;
        }
    }
}
