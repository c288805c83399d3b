using System.Net;
using System.Net.Sockets;

namespace FederationConsole.Platform.Outbound;

/// <summary>
/// Opens the connection to an address that it has itself checked. A check of the name before the call would be worth nothing:
/// the name may resolve to something else the second time (DNS rebinding).
/// </summary>
internal sealed class GuardedConnector(bool allowPrivateNetworks, ResolveName resolve)
{
    /// <summary>Those that may be connected to; one address inside does not spoil a name that has others.</summary>
    public IPAddress[] Allowed(IPAddress[] found) => allowPrivateNetworks ? found : Array.FindAll(found, PublicAddresses.Contain);

    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken ct)
    {
        IPAddress[] found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, ct);
        if (found.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        var allowed = Allowed(found);
        if (allowed.Length == 0)
        {
            throw new AddressNotAllowedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>All addresses of a host name: the system's resolver, or a test's own.</summary>
internal delegate Task<IPAddress[]> ResolveName(string host, CancellationToken ct);

/// <summary>How the connector's refusal comes through the HTTP stack; it never leaves <see cref="OutboundTransport"/>.</summary>
internal sealed class AddressNotAllowedException() : Exception("The host name means no public address.");
