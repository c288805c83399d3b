using System.Globalization;
using System.Resources;
using FederationConsole.Platform;

namespace FederationConsole.Faces;

/// <summary>What faces say of a request that cannot be read, in the language of the current UI culture.</summary>
public sealed class FaceTexts
{
    private static readonly ResourceManager Texts = new(typeof(FaceTexts));

    private FaceTexts()
    {
    }

    internal static string NotJson => Text(nameof(NotJson));
    internal static string NotAnObject => Text(nameof(NotAnObject));
    internal static string WrongType => Text(nameof(WrongType));
    internal static string NotText => Text(nameof(NotText));
    internal static string NotInteger => Text(nameof(NotInteger));
    internal static string TooLarge => Text(nameof(TooLarge));
    internal static string NotAnAddress => Text(nameof(NotAnAddress));
    internal static string NotAGender => Text(nameof(NotAGender));
    internal static string NotAnEmail => Text(nameof(NotAnEmail));
    internal static string ControlCharacters => Text(nameof(ControlCharacters));

    /// <summary>A face's own word for a fault, then which field and what is allowed; of our own failure the request id, and nothing else.</summary>
    internal static string Worded(string text, Fault fault) => (fault.Field, fault.Detail, fault.RequestId) switch
    {
        (_, _, { } id) => $"{text} ({id})",
        (null, null, _) => text,
        (null, { } detail, _) => $"{text}: {detail}",
        ({ } field, null, _) => $"{text}: {field}",
        ({ } field, { } detail, _) => detail.Contains(field, StringComparison.Ordinal) ? $"{text}: {detail}" : $"{text}: {field} {detail}",
    };

    private static string Text(string name) => Texts.GetString(name, CultureInfo.CurrentUICulture)!;
}
