using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FederationConsole.Platform.Outbound;
using static FederationConsole.Tests.Platform.Outbound.Outbounds;

namespace FederationConsole.Tests.Platform.Outbound;

public sealed class TlsTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TlsTests() => _listener.Start();

    private Uri Url => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/?access_token=secret");

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Plain_text_on_a_TLS_port_is_a_TLS_failure()
    {
        using var calls = Calls();

        var call = calls.FailureAsync(Url);
        using var client = await _listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 400 This is not a TLS port\r\n\r\n"u8.ToArray());

        Assert.Equal(OutboundFailure.TlsFailed, await call);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_request()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var calls = Calls();

        var call = calls.FailureAsync(Url);
        using var client = await _listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());

        Assert.Equal(0, await ReadAfterHandshakeAsync(tls, certificate));
        Assert.Equal(OutboundFailure.TlsFailed, await call);
    }

    /// <summary>How many bytes of a request come through; none when the client breaks the handshake off.</summary>
    private static async Task<int> ReadAfterHandshakeAsync(SslStream tls, X509Certificate2 certificate)
    {
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            return await tls.ReadAsync(new byte[100]);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return 0;
        }
    }
}
