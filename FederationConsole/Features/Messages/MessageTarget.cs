using FederationConsole.Features.Accounts;

namespace FederationConsole.Features.Messages;

/// <summary>Where a message goes: one form of each address, so that limits and codes cannot be passed by writing it another way.</summary>
/// <param name="Text">E.164, or a lower-case mail address.</param>
/// <param name="Zone">Of a phone, such as <c>+86</c>; empty for a mail.</param>
public readonly record struct MessageTarget(MessageChannel Channel, string Text, string Zone = "")
{
    public const int MaxMail = EmailAddress.MaxLength;

    /// <summary>The number without its zone; empty for a mail.</summary>
    public string National => Channel == MessageChannel.Sms ? Text[Zone.Length..] : "";

    public static MessageTarget Of(PhoneNumber phone) => new(MessageChannel.Sms, phone.E164, phone.Zone);

    public static MessageTarget? Phone(string? number, string? zone = null) => PhoneNumber.Parse(number, zone) is { } phone ? Of(phone) : null;

    /// <summary>Null when it is none: no blanks, no quotes, no display name, a domain with a dot.</summary>
    public static MessageTarget? Mail(string? text) => EmailAddress.Parse(text) is { } address ? new(MessageChannel.Mail, address) : null;

    public override string ToString() => Platform.Mask.Of(Text);
}
