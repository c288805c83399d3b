using System.Globalization;
using System.Resources;

namespace FederationConsole.Platform.StrictJson;

/// <summary>What faults say, in Chinese and English (StrictJsonTexts*.resx).</summary>
public sealed class StrictJsonTexts
{
    // Not IStringLocalizer: shapes are tables in static fields, made before there is any container to inject one from.
    private static readonly ResourceManager Texts = new(typeof(StrictJsonTexts));

    private StrictJsonTexts()
    {
    }

    /// <exception cref="MissingManifestResourceException">No language has the key.</exception>
    internal static string Say(string key, params object[] arguments)
    {
        var text = Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }
}
