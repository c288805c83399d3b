using System.Globalization;
using System.Resources;

namespace FederationConsole.Faces.Iot;

/// <summary>What is allowed as a phone or mail, in the language of the current UI culture.</summary>
public sealed class IotContactTexts
{
    private static readonly ResourceManager Texts = new(typeof(IotContactTexts));

    private IotContactTexts()
    {
    }

    internal static string Phone => Text(nameof(Phone));
    internal static string Zone => Text(nameof(Zone));
    internal static string Email => Text(nameof(Email));

    private static string Text(string name) => Texts.GetString(name, CultureInfo.CurrentUICulture)!;
}
