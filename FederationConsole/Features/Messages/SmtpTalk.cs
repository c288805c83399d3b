using System.Globalization;
using System.Text;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Messages;

/// <summary>One conversation with a mail server: a line, then its answer; each pair is a step of the trace.</summary>
internal sealed class SmtpTalk(TimeProvider clock, List<DeliveryStep>? trace) : IAsyncDisposable
{
    /// <summary>RFC 5321 4.5.3.1.5 allows 512 a line; a server that says more than this in all is none.</summary>
    private const int MaxAnswer = 16 * 1024;

    private readonly byte[] _buffer = new byte[1024];
    private Stream? _stream;
    private int _read;
    private int _held;
    private long _started;
    private (string Name, string Request) _now = ("", "");

    public void Begin(string name, string request) => (_now, _started) = ((name, request), clock.GetTimestamp());

    public void Use(Stream stream) => _stream = stream;

    public async Task<bool> SecureAsync(string host, CancellationToken ct)
    {
        // Whatever lies in the buffer was said before the connection was secure (RFC 3207 4.2): it is dropped.
        (_read, _held) = (0, 0);
        var secure = await OutboundStreams.SecureAsync(_stream!, host, ct);
        _stream = secure;
        return secure is not null;
    }

    /// <returns>Null when the server answered as wanted; else what that means.</returns>
    public Task<Delivery?> SayAsync(string name, string line, int wanted, CancellationToken ct, string? shown = null)
    {
        Begin(name, shown ?? line);
        return ExchangeAsync(line, wanted, ct);
    }

    public async Task<Delivery?> HearAsync(int wanted, CancellationToken ct)
    {
        var (code, text) = await AnswerAsync(ct);
        trace?.Add(new(_now.Name, _now.Request, text, clock.GetElapsedTime(_started), code == wanted));
        return code == wanted ? null : new Delivery.Refused(code.ToString(CultureInfo.InvariantCulture), text);
    }

    public Delivery Fail(OutboundFailure failure)
    {
        trace?.Add(new(_now.Name, _now.Request, failure.ToString(), clock.GetElapsedTime(_started), Good: false));
        return new Delivery.NotAsked(failure, failure.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }

    /// <summary>
    /// RFC 5322 with the texts in base64 (RFC 2045, 2047): nothing in them can end a header or the mail. Lines of 76.
    /// </summary>
    public static string Mail(string from, Message message, DateTimeOffset now)
    {
        // Of the mail's own id, which stands in no base64.
        var boundary = "=_" + message.Id;
        string[] text = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "", Lines(Encoding.UTF8.GetBytes(message.Text + "\r\n"))];
        string[] body = message.Picture is not { } picture ? text :
        [
            $"Content-Type: multipart/mixed; boundary=\"{boundary}\"", "", $"--{boundary}", .. text,
            $"--{boundary}", "Content-Type: image/png", "Content-Transfer-Encoding: base64", $"Content-Disposition: inline; filename=\"{picture.Name}\"", "", Lines(picture.Png),
            $"--{boundary}--",
        ];
        return string.Join("\r\n",
        [
            $"From: <{from}>",
            $"To: <{message.Target}>",
            $"Subject: {string.Join("\r\n ", Words(message.Subject ?? ""))}",
            $"Date: {now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}",
            $"Message-ID: <{message.Id}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            .. body,
        ]);
    }

    private static string Lines(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);

    /// <summary>Encoded words, none of which parts a sign, in lines of at most 76 with the header's name (RFC 2047 2, 5).</summary>
    private static IEnumerable<string> Words(string text)
    {
        const int bytesInWord = 39;
        var word = new List<byte>();
        foreach (var sign in text.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(sign.ToString());
            if (word.Count + bytes.Length > bytesInWord)
            {
                yield return Encoded(word);
                word.Clear();
            }

            word.AddRange(bytes);
        }

        yield return Encoded(word);

        static string Encoded(List<byte> word) => $"=?utf-8?B?{Convert.ToBase64String([.. word])}?=";
    }

    private async Task<Delivery?> ExchangeAsync(string line, int wanted, CancellationToken ct)
    {
        await _stream!.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), ct);
        await _stream.FlushAsync(ct);
        return await HearAsync(wanted, ct);
    }

    /// <summary>Lines up to the one whose code is followed by no hyphen (RFC 5321 4.2.1).</summary>
    private async Task<(int Code, string Text)> AnswerAsync(CancellationToken ct)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = await LineAsync(MaxAnswer - text.Length, ct);
            text.Append(line).Append('\n');
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new IOException("No answer of a mail server.");
            }

            if (line.Length == 3 || line[3] != '-')
            {
                return (code, text.ToString().TrimEnd());
            }
        }
    }

    private async Task<string> LineAsync(int most, CancellationToken ct)
    {
        var line = new StringBuilder();
        while (line.Length < most)
        {
            if (_read == _held)
            {
                (_read, _held) = (0, await _stream!.ReadAsync(_buffer, ct));
                if (_held == 0)
                {
                    throw new IOException("The mail server hung up.");
                }
            }

            var sign = (char)_buffer[_read++];
            if (sign == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(sign);
        }

        throw new IOException("The mail server says too much.");
    }
}
