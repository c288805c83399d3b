using System.Globalization;
using System.Text;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Messages;

/// <summary>
/// A mail server, spoken to by RFC 5321 over a guarded connection, within five seconds in all: STARTTLS (RFC 3207), TLS from
/// the start, or neither; AUTH PLAIN (RFC 4616) where a user name is set, and never over a connection that is not encrypted
/// unless it was set up so. One mail a connection.
/// </summary>
public sealed class SmtpSender(OutboundStreams streams, TimeProvider clock) : IMessageSender
{
    private const int Submission = 587;

    public MessageProvider Provider => MessageProvider.Smtp;

    public async Task<Delivery> SendAsync(ChannelEntry entry, Message message, List<DeliveryStep>? trace, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(streams.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        await using var talk = new SmtpTalk(clock, trace);
        try
        {
            return await SendAsync(entry, message, talk, both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return talk.Fail(OutboundFailure.TimedOut);
        }
        catch (IOException)
        {
            return talk.Fail(OutboundFailure.BrokenAnswer);
        }
    }

    private async Task<Delivery> SendAsync(ChannelEntry entry, Message message, SmtpTalk talk, CancellationToken ct)
    {
        var (host, from) = (entry.Setting("host")!, entry.Setting("from")!);
        var port = entry.Setting("port") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : Submission;
        var security = entry.Setting("security") is { } word ? MessageRules.Securities[word] : SmtpSecurity.StartTls;

        talk.Begin("connect", $"{host}:{port}");
        var (stream, failure) = await streams.ConnectAsync(host, port, ct);
        if (stream is null)
        {
            return talk.Fail(failure!.Value);
        }

        talk.Use(stream);
        if (security == SmtpSecurity.Tls && !await talk.SecureAsync(host, ct))
        {
            return talk.Fail(OutboundFailure.TlsFailed);
        }

        if (await talk.HearAsync(220, ct) is { } noGreeting)
        {
            return noGreeting;
        }

        var hello = $"EHLO {from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}";
        if (await talk.SayAsync("EHLO", hello, 250, ct) is { } noHello)
        {
            return noHello;
        }

        if (security == SmtpSecurity.StartTls)
        {
            if (await talk.SayAsync("STARTTLS", "STARTTLS", 220, ct) is { } refused)
            {
                return refused;
            }

            if (!await talk.SecureAsync(host, ct))
            {
                return talk.Fail(OutboundFailure.TlsFailed);
            }

            // What was said in the clear may have been said by somebody else (RFC 3207 4.2).
            if (await talk.SayAsync("EHLO", hello, 250, ct) is { } noSecondHello)
            {
                return noSecondHello;
            }
        }

        if (entry.Setting("userName") is { } user && entry.Secret("password") is { } password)
        {
            var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
            if (await talk.SayAsync("AUTH", $"AUTH PLAIN {plain}", 235, ct, shown: "AUTH PLAIN •••") is { } unknown)
            {
                return unknown;
            }
        }

        return await talk.SayAsync("MAIL", $"MAIL FROM:<{from}>", 250, ct)
            ?? await talk.SayAsync("RCPT", $"RCPT TO:<{message.Target}>", 250, ct)
            ?? await talk.SayAsync("DATA", "DATA", 354, ct)
            ?? await talk.SayAsync("MESSAGE", SmtpTalk.Mail(from, message, clock.GetUtcNow()) + "\r\n.", 250, ct)
            ?? await DoneAsync(talk, ct);
    }

    private static async Task<Delivery> DoneAsync(SmtpTalk talk, CancellationToken ct)
    {
        try
        {
            await talk.SayAsync("QUIT", "QUIT", 221, ct);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The mail is taken; how the server says goodbye changes nothing.
        }

        return new Delivery.Taken();
    }
}
