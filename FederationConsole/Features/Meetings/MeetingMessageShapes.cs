using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Meetings;

/// <summary>What a message of a meeting must be in a project file. What may stand in its templates is the rules' of messages.</summary>
public static class MeetingMessageShapes
{
    public const int MaxSubject = 100;
    public const int MaxMailText = 2000;
    public const int MaxSmsText = 300;

    /// <summary>30 days.</summary>
    public const int MaxHoursBefore = 720;

    private static readonly ObjectShape Any = new(
        new("mail", new FlagShape(), "By mail, to those who gave one; false."),
        new("sms", new FlagShape(), "By text message, to those who gave a mobile and are not reached by mail; false."),
        new("subject", Texts.Line(MaxSubject), "Of the mail."),
        new("mailText", Texts.Paragraphs(MaxMailText), "Of the mail."),
        new("smsText", Texts.Line(MaxSmsText), "Of the text message."));

    public static readonly VariantShape Message = new(
        new("kind", ChoiceShape.Of<MeetingMessageKind>(), "When it goes out: once the order is paid, before the meeting starts, when order or meeting are called off.", Required: true),
        Enum.GetValues<MeetingMessageKind>().ToDictionary(
            kind => StrictJsonReader.Words.ConvertName(kind.ToString()),
            kind => kind == MeetingMessageKind.Reminder ? Any.With(new Field("hoursBefore", new NumberShape(1, MaxHoursBefore), "How long before the meeting starts.", Required: true)) : Any));
}
