using System.Globalization;
using System.Resources;

namespace FederationConsole.Faces.Documents;

/// <summary>What the documents say by themselves, in the language of the current UI culture.</summary>
public sealed class DocumentTexts;

internal static class DocumentWords
{
    private static readonly ResourceManager Texts = new(typeof(DocumentTexts));

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static string AppToken => Get(nameof(AppToken));
    public static string UserToken => Get(nameof(UserToken));
    public static string SeedExample => Get(nameof(SeedExample));
    public static string DemoExample => Get(nameof(DemoExample));
    public static string Done => Get(nameof(Done));
    public static string Failed => Get(nameof(Failed));
    public static string RefusingPage => Get(nameof(RefusingPage));


    public static string Collection => Get(nameof(Collection));
    public static string CollectionText => Get(nameof(CollectionText));

    public static string ExpectedNo(string code) => Get(nameof(ExpectedNo)).Replace("{0}", code, StringComparison.Ordinal);

    public static string Of(string chinese, string english) => IsEnglish ? english : chinese;

    public static string Get(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
