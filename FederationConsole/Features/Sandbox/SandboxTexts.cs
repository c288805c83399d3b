using System.Globalization;
using System.Resources;

namespace FederationConsole.Features.Sandbox;

/// <summary>The sandbox's texts: Chinese, and English for those whose browser or curl asks for it first.</summary>
public sealed class SandboxTexts
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly ResourceManager Texts = new(typeof(SandboxTexts));

    private SandboxTexts()
    {
    }

    /// <summary>The text; an unknown key is a bug.</summary>
    public static string Get(string key, CultureInfo language) =>
        Texts.GetString(key, language) ?? throw new KeyNotFoundException($"SandboxTexts.resx has no '{key}'.");

    /// <summary>By Accept-Language alone: a third party knows nothing of the console's language cookie.</summary>
    public static CultureInfo LanguageOf(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(wanted => wanted.Quality ?? 1)
            .Select(wanted => wanted.Value.ToString() switch
            {
                var tag when tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => Chinese,
                var tag when tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) => English,
                _ => null,
            })
            .FirstOrDefault(language => language is not null) ?? Chinese;
}
