using System.Globalization;
using System.Resources;

namespace FederationConsole.Features.Promotion;

/// <summary>What services and the command line say, in the language of the current UI culture.</summary>
internal static class PromotionWords
{
    private static readonly ResourceManager Texts = new(typeof(PromotionTexts));

    public static string Say(string key, params object[] arguments)
    {
        var text = Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }

    /// <summary>Whom a change touches, in one sentence each.</summary>
    public static string Touch(Touch touch) => Say($"Touch.{touch.Kind}", touch.Users.ToString("N0", CultureInfo.InvariantCulture), touch.Of ?? "");
}
