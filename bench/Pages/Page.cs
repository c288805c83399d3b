using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pages;

/// <summary>One waiting page: a socket to /hubs/scan that says what wwwroot/js/scan.js says, and no more.</summary>
internal sealed class Page : IDisposable
{
    private const int LongestMessage = 2048;
    private static readonly byte[] Ping = Frame("{\"type\":6}\u001e");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> _scanned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;

    /// <summary>When it was told that somebody scanned, as <see cref="Stopwatch.GetTimestamp"/> counts.</summary>
    public Task<long> Scanned => _scanned.Task;

    /// <summary>Ready when it has heard that it waits.</summary>
    public async Task OpenAsync(int port, string ticket, string secret)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port);
        await SendAsync(Encoding.ASCII.GetBytes(
            $"GET /hubs/scan HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        var buffer = new byte[LongestMessage];
        var filled = 0;
        int head;
        while ((head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += await ReceiveAsync(buffer.AsMemory(filled));
        }

        if (!buffer.AsSpan().StartsWith("HTTP/1.1 101"u8))
        {
            throw new InvalidOperationException("No socket: " + Encoding.ASCII.GetString(buffer, 0, filled));
        }

        await SendAsync([.. Frame("{\"protocol\":\"json\",\"version\":1}\u001e"),
            .. Frame($"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"watch\",\"arguments\":[\"{ticket}\",\"{secret}\"]}}\u001e")]);
        _ = ListenAsync(buffer[(head + 4)..filled]);
        await _waiting.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public Task PingAsync() => SendAsync(Ping);

    public void Dispose()
    {
        _isClosed = true;
        _socket.Dispose();
    }

    private async Task ListenAsync(byte[] begun)
    {
        try
        {
            var buffer = new byte[LongestMessage];
            begun.CopyTo(buffer, 0);
            var filled = begun.Length;
            while (true)
            {
                var used = 0;
                while (Next(buffer.AsSpan(used, filled - used)) is { } length)
                {
                    Hear(buffer.AsSpan(used, length));
                    used += length;
                }

                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
                filled += await ReceiveAsync(buffer.AsMemory(filled));
            }
        }
        catch (Exception) when (_isClosed)
        {
            return;
        }
        catch (Exception broken)
        {
            _waiting.TrySetException(broken);
            _scanned.TrySetException(broken);
        }
    }

    private void Hear(ReadOnlySpan<byte> frame)
    {
        if (frame.IndexOf("\"code\":102"u8) >= 0)
        {
            _scanned.TrySetResult(Stopwatch.GetTimestamp());
        }
        else if (frame.IndexOf("\"code\":101"u8) >= 0)
        {
            _waiting.TrySetResult();
        }
        else if (frame.IndexOf("\"error\""u8) >= 0)
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(frame));
        }
    }

    /// <summary>Length of the first whole frame (RFC 6455, 5.2; a server masks nothing), or null.</summary>
    private static int? Next(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4)
        {
            return bytes is [_, <= 2, ..] && bytes.Length >= 2 + bytes[1] ? 2 + bytes[1] : null;
        }

        var length = bytes[1] < 126 ? 2 + bytes[1] : 4 + BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return bytes.Length >= length ? length : null;
    }

    /// <summary>Masked with zeros, which is a mask.</summary>
    private static byte[] Frame(string text) => text.Length < 126
        ? [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)]
        : [0x81, 0x80 | 126, (byte)(text.Length >> 8), (byte)text.Length, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];

    private async Task SendAsync(byte[] bytes)
    {
        if (await _socket.SendAsync(bytes, SocketFlags.None) != bytes.Length)
        {
            throw new IOException("Half a message was sent.");
        }
    }

    private async Task<int> ReceiveAsync(Memory<byte> buffer) =>
        await _socket.ReceiveAsync(buffer, SocketFlags.None) is > 0 and var count ? count : throw new IOException("The server closed the socket.");
}
