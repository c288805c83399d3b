using System.Globalization;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using QRCoder;

namespace FederationConsole.Features.Registrations;

/// <summary>Words a meeting's message for one attendee, and tells which way it goes.</summary>
public sealed class NoticeWriter(MessageDelivery delivery, OwnAddress own, HostNames hosts)
{
    /// <summary>People who come read China's time.</summary>
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private const int PixelsPerModule = 6;

    /// <summary>
    /// By mail where there is an address and the message goes by mail, else by text message. Fault <see cref="FaultKind.NotAllowedNow"/>:
    /// there is no way, or nobody would send it.
    /// </summary>
    public Outcome<MessageTarget> TargetOf(MeetingEntry meeting, MeetingMessage message, Attendee attendee)
    {
        if (message.Mail && attendee.Email is { } email && MessageTarget.Mail(email) is { } mail)
        {
            return delivery.ReadyForNotices(meeting.Environment, MessageChannel.Mail).Fault is { } nobody ? nobody : mail;
        }

        if (message.Sms && PhoneNumber.ParseWhole(attendee.Mobile) is { } phone)
        {
            return delivery.ReadyForNotices(meeting.Environment, MessageChannel.Sms).Fault is { } nobody ? nobody : MessageTarget.Of(phone);
        }

        return new Fault(FaultKind.NotAllowedNow, null, RegistrationTexts.Get("Notice.NoWay"));
    }

    public Notice Write(MeetingEntry meeting, MeetingMessage message, Order order, Attendee attendee, MessageChannel channel)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [MeetingMessageRules.Name] = MeetingMessageRules.Spoken(attendee.Name),
            [MeetingMessageRules.MeetingName] = meeting.Meeting.Name,
            [MeetingMessageRules.Time] = meeting.Meeting.StartsAt.ToOffset(China).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            [MeetingMessageRules.Place] = meeting.Meeting.Place is { Length: > 0 } place ? place : RegistrationTexts.Get("Notice.NoPlace"),
            [MeetingMessageRules.Ticket] = string.Join("、", order.Items.Select(i => i.Quantity == 1 ? i.Name : $"{i.Name} × {i.Quantity}")),
            [MeetingMessageRules.OrderNo] = order.Number,
            [MeetingMessageRules.CheckinCode] = attendee.CheckinCode,
            [MeetingMessageRules.TicketUrl] = TicketUrl(meeting.Environment, attendee.CheckinCode),
        };
        var text = channel == MessageChannel.Mail ? message.MailText : message.SmsText;
        // What is over lets nobody in.
        var picture = channel == MessageChannel.Mail && message.Kind != MeetingMessageKind.Cancellation ? new MessagePicture("checkin.png", Picture(attendee.CheckinCode)) : null;
        return new(
            MeetingMessageRules.Fill(message.Subject, name => values[name]), MeetingMessageRules.Fill(text, name => values[name]),
            MeetingMessageRules.Named(text).ToDictionary(name => name, name => values[name]), picture);
    }

    /// <summary>By the Conf host (seed 000) of the environment or of all, else by this host's own address.</summary>
    private string TicketUrl(EnvironmentEntry environment, string code)
    {
        var path = $"/m/ticket/{code}";
        return hosts.Conf(environment) is { } conf ? new Uri(conf, path).AbsoluteUri : own.Resolve(path);
    }

    private static byte[] Picture(string code)
    {
        using var data = QRCodeGenerator.GenerateQrCode(code, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return picture.GetGraphic(PixelsPerModule);
    }
}
