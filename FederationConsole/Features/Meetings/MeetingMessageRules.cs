using System.Globalization;
using System.Text.RegularExpressions;
using FederationConsole.Platform;

namespace FederationConsole.Features.Meetings;

/// <summary>What may stand in a meeting's message, and what it says where nobody worded it.</summary>
public static partial class MeetingMessageRules
{
    public const int MaxSubject = 100;
    public const int MaxMail = 2000;

    /// <summary>Five parts of a long text message.</summary>
    public const int MaxSms = 300;

    public const int MaxHoursBefore = 24 * 30;

    public const string Name = "name";
    public const string MeetingName = "meeting";
    public const string Time = "time";
    public const string Place = "place";
    public const string Ticket = "ticket";
    public const string OrderNo = "orderNo";
    public const string CheckinCode = "checkinCode";
    public const string TicketUrl = "ticketUrl";

    /// <summary>What stands between braces in a template.</summary>
    public static readonly IReadOnlyList<string> Placeholders = [Name, MeetingName, Time, Place, Ticket, OrderNo, CheckinCode, TicketUrl];

    /// <summary>In Chinese, as the people who come read it; both ways off where the meeting has no message of its own.</summary>
    public static MeetingMessage Default(MeetingMessageKind kind) => kind switch
    {
        MeetingMessageKind.Confirmation => new(
            kind, Mail: false, Sms: false, "报名成功：{meeting}",
            "{name}，您好：\n\n您已成功报名「{meeting}」。\n时间：{time}\n地点：{place}\n门票：{ticket}\n订单编号：{orderNo}\n\n签到时请出示附带的二维码，或打开电子票：{ticketUrl}",
            "您已成功报名「{meeting}」，{time}。电子票：{ticketUrl}"),
        MeetingMessageKind.Reminder => new(
            kind, Mail: false, Sms: false, "会议提醒：{meeting}",
            "{name}，您好：\n\n您报名的「{meeting}」即将开始。\n时间：{time}\n地点：{place}\n\n签到时请出示附带的二维码，或打开电子票：{ticketUrl}",
            "您报名的「{meeting}」将于{time}开始。电子票：{ticketUrl}", HoursBefore: 24),
        MeetingMessageKind.Cancellation => new(
            kind, Mail: false, Sms: false, "报名已取消：{meeting}",
            "{name}，您好：\n\n您在「{meeting}」的报名（订单 {orderNo}）已取消。如有疑问，请联系主办方。",
            "您在「{meeting}」的报名已取消，订单 {orderNo}。"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The meeting's own message, or the default one.</summary>
    public static MeetingMessage Of(Meeting meeting, MeetingMessageKind kind) => meeting.Messages.FirstOrDefault(m => m.Kind == kind) ?? Default(kind);

    /// <summary>Whether anybody is sent one.</summary>
    public static bool Sends(Meeting meeting, MeetingMessageKind kind) => Of(meeting, kind) is { Mail: true } or { Sms: true };

    /// <summary>The first field at fault with what is allowed: <c>subject</c>, <c>mailText</c>, <c>smsText</c>, <c>hoursBefore</c>.</summary>
    public static Fault? Check(MeetingMessage message) =>
        Check("subject", message.Subject, MaxSubject, oneLine: true)
        ?? Check("mailText", message.MailText, MaxMail, oneLine: false)
        ?? Check("smsText", message.SmsText, MaxSms, oneLine: true)
        ?? (message.Kind == MeetingMessageKind.Reminder && message.HoursBefore is < 1 or > MaxHoursBefore
            ? new Fault(FaultKind.Invalid, "hoursBefore", string.Create(CultureInfo.InvariantCulture, $"1–{MaxHoursBefore}"))
            : null);

    /// <summary>Whether a template is one: no brace but those of <see cref="Placeholders"/>.</summary>
    public static bool IsTemplate(string text)
    {
        var rest = Fill(text, _ => "");
        return !rest.Contains('{', StringComparison.Ordinal) && !rest.Contains('}', StringComparison.Ordinal);
    }

    /// <summary>What a template names.</summary>
    public static IEnumerable<string> Named(string text) => Placeholders.Where(p => text.Contains($"{{{p}}}", StringComparison.Ordinal));

    /// <summary>Once through: what a value brings is never taken for a placeholder.</summary>
    public static string Fill(string text, Func<string, string> value) =>
        Braced().Replace(text, match => Placeholders.Contains(match.Groups["name"].Value, StringComparer.Ordinal) ? value(match.Groups["name"].Value) : match.Value);

    /// <summary>
    /// A name as a message says it. Anybody can register with somebody else's mobile and a name of their choice: what they would have us
    /// send must be no address, and short.
    /// </summary>
    public static string Spoken(string name)
    {
        var plain = new string([.. name.Where(c => char.IsLetter(c) || c is ' ' or '·' or '-' or '\'')]).Trim();
        return plain.Length > 20 ? plain[..20] : plain;
    }

    private static Fault? Check(string field, string text, int most, bool oneLine) =>
        text.Length is 0 || text.Length > most || text.Any(c => char.IsControl(c) && (oneLine || c is not '\n')) || !IsTemplate(text)
            ? new Fault(FaultKind.Invalid, field, $"1–{most}, {string.Join(' ', Placeholders.Select(p => $"{{{p}}}"))}")
            : null;

    [GeneratedRegex(@"\{(?<name>[A-Za-z]{1,20})\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Braced();
}
