using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Sources;

/// <summary>
/// What the page says about one third party: its own name for a field where it has one (<c>Field.WeChat.appId</c>), else
/// everybody's (<c>Field.appId</c>); and what its errors mean.
/// </summary>
public static class SourceWords
{
    public static string Label(IStringLocalizer<SourceTexts> texts, SourceKind kind, string field) => First(texts, $"Field.{kind}.{field}") ?? texts[$"Field.{field}"];

    /// <summary>What belongs there, and where it stands at the third party.</summary>
    public static string Help(IStringLocalizer<SourceTexts> texts, SourceKind kind, string field) => First(texts, $"Help.{kind}.{field}") ?? texts[$"Help.{field}"];

    /// <summary>What a code means and what to do, or null for one that is not known: the vendor's own words must do then.</summary>
    /// <param name="code">As <see cref="Verification.Refused"/> has it: Facebook's with a subcode behind a slash, Alipay's with dots.</param>
    public static string? Explain(IStringLocalizer<SourceTexts> texts, SourceKind kind, string code) =>
        First(texts, $"Error.{kind}.{code}", $"Error.{kind}.{code.Split('/')[0]}", $"Error.{kind}.{code.Split('.')[0]}.*", $"Error.{code}");

    /// <summary>What clients send as access_token.</summary>
    public static bool IsByCode(SourceKind kind, IReadOnlyDictionary<string, string>? settings) =>
        kind is SourceKind.Alipay or SourceKind.Apple or SourceKind.Google || settings?.GetValueOrDefault(SourceRules.Mode) == SourceRules.CodeMode;

    private static string? First(IStringLocalizer<SourceTexts> texts, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (texts[key] is { ResourceNotFound: false } text)
            {
                return text;
            }
        }

        return null;
    }
}
