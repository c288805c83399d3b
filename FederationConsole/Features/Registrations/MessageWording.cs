using System.Globalization;
using FederationConsole.Features.Meetings;

namespace FederationConsole.Features.Registrations;

/// <summary>A message of a meeting while it is being worded.</summary>
public sealed class MessageWording(MeetingMessage from)
{
    /// <summary>What it was filled from; saving over somebody else's takes theirs, which has been seen.</summary>
    public MeetingMessage From { get; set; } = from;

    public bool Mail { get; set; } = from.Mail;
    public bool Sms { get; set; } = from.Sms;
    public string Subject { get; set; } = from.Subject;
    public string MailText { get; set; } = from.MailText;
    public string SmsText { get; set; } = from.SmsText;
    public string HoursBefore { get; set; } = from.HoursBefore.ToString(CultureInfo.InvariantCulture);

    /// <summary>Blanks and line ends are nobody's change.</summary>
    public bool IsDirty => Message != new MessageWording(From).Message;

    /// <summary>As typed; what is no number of hours is 0, which no reminder may have.</summary>
    public MeetingMessage Message => new(
        From.Kind, Mail, Sms, Subject.Trim(), MailText.ReplaceLineEndings("\n").Trim(), SmsText.Trim(),
        int.TryParse(HoursBefore.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? hours : 0);
}
