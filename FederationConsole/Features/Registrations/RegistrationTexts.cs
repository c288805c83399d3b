using System.Globalization;
using System.Resources;

namespace FederationConsole.Features.Registrations;

/// <summary>Names the resources; also words for services, in the language of the current UI culture.</summary>
public sealed class RegistrationTexts
{
    private static readonly ResourceManager Texts = new(typeof(RegistrationTexts));

    private RegistrationTexts()
    {
    }

    internal static string Get(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
