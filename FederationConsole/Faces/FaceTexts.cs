using System.Globalization;
using System.Resources;

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

    private static string Text(string name) => Texts.GetString(name, CultureInfo.CurrentUICulture)!;
}
