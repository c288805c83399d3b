using System.Text.Json;
using FederationConsole.Platform.Outbound;
using Microsoft.Net.Http.Headers;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>What holds for every answer alike: a rule fails by the first answer that breaks it.</summary>
internal static class AnswerRules
{
    private static readonly HashSet<string> Codes = ["0", "100001", "100002", "100003", "100004", "100005", "100006", "110000"];

    public static void Judge(ConformanceSetup setup, IReadOnlyList<ConformanceAnswer> answers, ConformanceReport report)
    {
        var plain = new[] { setup.TokenUrl, setup.UserInfoUrl }.FirstOrDefault(a => a.Scheme != Uri.UriSchemeHttps && !a.IsLoopback);
        report.Add(ConformanceRule.Https, plain is null ? RuleOutcome.Holds : RuleOutcome.Fails, plain?.GetLeftPart(UriPartial.Path));
        Each(ConformanceRule.Answers, answers, Unanswered);
        Each(ConformanceRule.InTime, answers, a => a.Failure == OutboundFailure.TimedOut ? ConformanceTexts.Get("Why_Late") : null);
        var said = answers.Where(a => a.Failure is null).ToList();
        Each(ConformanceRule.Json, said, a => !IsJson(a) ? ConformanceTexts.Get("Why_ContentType", a.ContentType ?? "-") : a.IsObject ? null : ConformanceTexts.Get("Why_NotObject"));
        var objects = said.FindAll(a => a.IsObject);
        Each(ConformanceRule.ResultCode, objects, WrongCode);
        Each(ConformanceRule.Message, objects, a => a.Member("message") is { ValueKind: JsonValueKind.String } ? null : FieldRules.Wrong(a, "message"));

        void Each(ConformanceRule rule, IReadOnlyList<ConformanceAnswer> among, Func<ConformanceAnswer, string?> wrong)
        {
            if (among.Count == 0)
            {
                return;
            }

            var first = among.Select(a => (a.Step, Why: wrong(a))).FirstOrDefault(a => a.Why is not null);
            report.Add(rule, first.Why is null ? RuleOutcome.Holds : RuleOutcome.Fails, first.Why is null ? null : $"{first.Step}: {first.Why}");
        }
    }

    /// <summary>Lateness is a rule of its own; what our own breaker kept from being asked is nobody's fault.</summary>
    private static string? Unanswered(ConformanceAnswer answer) => answer switch
    {
        { Failure: OutboundFailure.TimedOut or OutboundFailure.BreakerOpen or OutboundFailure.Busy } => null,
        { Failure: { } failure } => ConformanceTexts.Get("Why_NoAnswer", failure),
        { Status: 200 } => null,
        { Status: >= 500 } or { IsYes: true } or { Code: null } => $"HTTP {answer.Status}",
        _ => null,
    };

    private static bool IsJson(ConformanceAnswer answer) =>
        MediaTypeHeaderValue.TryParse(answer.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static string? WrongCode(ConformanceAnswer answer) =>
        answer.Member("result_code") is not { ValueKind: JsonValueKind.String } ? FieldRules.Wrong(answer, "result_code")
        : answer.Code is { } code && Codes.Contains(code) ? null
        : ConformanceTexts.Get("Why_CodeNotInTable", answer.Code ?? "?");
}
