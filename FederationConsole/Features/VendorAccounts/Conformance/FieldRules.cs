using System.Text.Json;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>The types of the seed's fields: all are strings. Where the platform takes a number too, that is said and holds.</summary>
internal static class FieldRules
{
    public static void Text(ConformanceReport report, ConformanceRule rule, ConformanceAnswer answer, string field) =>
        report.Add(rule, answer.Text(field) is null ? RuleOutcome.Fails : RuleOutcome.Holds, answer.Text(field) is null ? Wrong(answer, field) : null);

    /// <summary>Seconds.</summary>
    public static void ExpiresIn(ConformanceReport report, ConformanceAnswer answer)
    {
        var value = answer.Member("expires_in");
        var (fits, isNumber) = value switch
        {
            { ValueKind: JsonValueKind.String } => (IsSeconds(answer.Text("expires_in") ?? ""), false),
            { ValueKind: JsonValueKind.Number } number => (IsSeconds(number.GetRawText()), true),
            _ => (false, false),
        };
        report.Add(ConformanceRule.ExpiresIn, fits ? RuleOutcome.Holds : RuleOutcome.Fails, !fits ? Wrong(answer, "expires_in") : isNumber ? ConformanceTexts.Get("Why_NumberTaken") : null);

        static bool IsSeconds(string text) => text.Length is > 0 and <= 10 && text.All(char.IsAsciiDigit) && text.Any(c => c != '0');
    }

    public static void Optional(ConformanceReport report, ConformanceAnswer person)
    {
        var wrong = new[] { "mobile", "avatar_url" }.FirstOrDefault(field => person.Member(field) is { ValueKind: not JsonValueKind.String });
        var gender = person.Member("gender");
        var genderFits = gender switch
        {
            null => true,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText() is "0" or "1" or "2",
            { ValueKind: JsonValueKind.String } => person.Text("gender") is null or "0" or "1" or "2",
            _ => false,
        };
        wrong ??= genderFits ? null : "gender";
        report.Add(
            ConformanceRule.OptionalFields, wrong is null ? RuleOutcome.Holds : RuleOutcome.Fails,
            wrong is not null ? Wrong(person, wrong) : gender is { ValueKind: JsonValueKind.Number } ? ConformanceTexts.Get("Why_NumberTaken") : null);
    }

    /// <summary>Why a field is not what it should be: never its value, which may be a secret.</summary>
    public static string Wrong(ConformanceAnswer answer, string field) =>
        answer.Member(field) is { } value && (value.ValueKind != JsonValueKind.String || !value.ValueEquals("")) ? ConformanceTexts.Get("Why_WrongType", field, value.ValueKind) : ConformanceTexts.Get("Why_Missing", field);
}
