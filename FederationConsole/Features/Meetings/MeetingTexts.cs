using System.Globalization;
using System.Resources;

namespace FederationConsole.Features.Meetings;

/// <summary>What is said of meetings, in the language of the current UI culture.</summary>
public sealed class MeetingTexts
{
    private static readonly ResourceManager Texts = new(typeof(MeetingTexts));

    private MeetingTexts()
    {
    }

    internal static string Say(string key, params object[] arguments)
    {
        var text = Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }
}
