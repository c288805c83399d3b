using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Meetings;

/// <summary>What a message of a meeting must be in a project file.</summary>
public static class MeetingMessageShapes
{
    private static readonly ObjectShape Any = new(
        new("mail", new FlagShape(), "By mail, to those who gave one; false."),
        new("sms", new FlagShape(), "By text message, to those who gave a mobile and are not reached by mail; false."),
        new("subject", Template(Texts.Line(MeetingMessageRules.MaxSubject)), "Of the mail."),
        new("mailText", Template(Texts.Paragraphs(MeetingMessageRules.MaxMail)), "Of the mail."),
        new("smsText", Template(Texts.Line(MeetingMessageRules.MaxSms)), "Of the text message."));

    public static readonly VariantShape Message = new(
        new("kind", ChoiceShape.Of<MeetingMessageKind>(), "When it goes out: once the order is paid, before the meeting starts, when order or meeting are called off.", Required: true),
        Enum.GetValues<MeetingMessageKind>().ToDictionary(
            kind => StrictJsonReader.Words.ConvertName(kind.ToString()),
            kind => kind == MeetingMessageKind.Reminder ? Any.With(new Field("hoursBefore", new NumberShape(1, MeetingMessageRules.MaxHoursBefore), "How long before the meeting starts.", Required: true)) : Any));

    /// <summary>Braces stand around placeholders alone.</summary>
    private static TextShape Template(TextShape text) => text with { Form = text.Lines ? "MeetingText" : "MeetingLine", Fits = MeetingMessageRules.IsTemplate };
}
