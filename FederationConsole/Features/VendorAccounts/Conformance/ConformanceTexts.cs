using System.Globalization;
using System.Resources;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>The rules and what is said of them, in the language of the current UI culture.</summary>
public sealed class ConformanceTexts
{
    private static readonly ResourceManager Texts = new(typeof(ConformanceTexts));

    private ConformanceTexts()
    {
    }

    public static string Of(ConformanceRule rule) => Get($"Rule_{rule}");

    public static string Of(RuleOutcome outcome) => Get($"Outcome_{outcome}");

    internal static string Get(string key, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new KeyNotFoundException($"ConformanceTexts.resx has no '{key}'."), values);
}
