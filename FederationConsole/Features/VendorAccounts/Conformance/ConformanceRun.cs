using System.Security.Cryptography;
using System.Text.Json;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>
/// Examines a vendor's implementation of seed 003, with one authorization code of a person who has just signed in there. The code is
/// spent. A run asks some twelve questions, one after another, each of at most five seconds.
/// </summary>
public sealed class ConformanceRun(OutboundCalls calls)
{
    private const string ByCode = "authorization_code";
    private const string ByRefreshToken = "refresh_token";

    /// <summary>Every <see cref="ConformanceRule"/> once, in its order.</summary>
    public async Task<IReadOnlyList<RuleResult>> RunAsync(ConformanceSetup setup, string code, CancellationToken cancellation)
    {
        var talk = new ConformanceTalk(calls, setup, cancellation);
        var report = new ConformanceReport();
        await AskAsync(talk, report, code);
        AnswerRules.Judge(setup, talk.Answers, report);
        return report.Results;
    }

    // What may cost the vendor's good will towards the grant (a wrong secret, a spent token, a spent code) comes last.
    private static async Task AskAsync(ConformanceTalk talk, ConformanceReport report, string code)
    {
        var tokens = await talk.TokenAsync("Exchange", ByCode, "code", code);
        if (tokens.Failure is not null)
        {
            report.Add(ConformanceRule.CodeExchange, RuleOutcome.Fails, tokens.Said);
            return;
        }

        report.Expect(ConformanceRule.CodeExchange, tokens, "0");
        var (access, refresh, openId) = JudgeTokens(tokens, report);
        if (access is not null && openId is not null)
        {
            await AskUserInfoAsync(talk, report, access, openId);
        }

        report.Expect(ConformanceRule.AccessTokenUnknown, await talk.UserInfoAsync("UnknownAccessToken", Garbage(), openId ?? "nobody"), "100005", "100001");
        if (refresh is not null && openId is not null)
        {
            await AskRefreshAsync(talk, report, refresh, openId);
        }

        report.Expect(ConformanceRule.RefreshTokenUnknown, await talk.TokenAsync("UnknownRefreshToken", ByRefreshToken, "refresh_token", Garbage()), "100003");
        report.Expect(ConformanceRule.CodeUnknown, await talk.TokenAsync("UnknownCode", ByCode, "code", Garbage()), "100002");
        if (tokens.IsYes)
        {
            report.Expect(ConformanceRule.CodeOnce, await talk.TokenAsync("CodeAgain", ByCode, "code", code), "100002");
        }
    }

    private static (string? Access, string? Refresh, string? OpenId) JudgeTokens(ConformanceAnswer tokens, ConformanceReport report)
    {
        if (!tokens.IsYes)
        {
            return default;
        }

        FieldRules.Text(report, ConformanceRule.AccessToken, tokens, "access_token");
        FieldRules.ExpiresIn(report, tokens);
        FieldRules.Text(report, ConformanceRule.RefreshToken, tokens, "refresh_token");
        FieldRules.Text(report, ConformanceRule.OpenId, tokens, "openid");
        return (tokens.Text("access_token"), tokens.Text("refresh_token"), tokens.Text("openid"));
    }

    private static async Task AskUserInfoAsync(ConformanceTalk talk, ConformanceReport report, string access, string openId)
    {
        var person = await talk.UserInfoAsync("UserInfo", access, openId);
        report.Expect(ConformanceRule.UserInfo, person, "0");
        if (person.IsYes)
        {
            report.Add(ConformanceRule.SameOpenId, person.Text("openid") == openId ? RuleOutcome.Holds : RuleOutcome.Fails, person.Text("openid") == openId ? null : ConformanceTexts.Get("Why_OtherOpenId"));
            FieldRules.Text(report, ConformanceRule.NickName, person, "nick_name");
            FieldRules.Optional(report, person);
        }

        report.Expect(ConformanceRule.OpenIdWrong, await talk.UserInfoAsync("WrongOpenId", access, "not-" + openId), "100006");
    }

    private static async Task AskRefreshAsync(ConformanceTalk talk, ConformanceReport report, string first, string openId)
    {
        var renewed = await talk.TokenAsync("Refresh", ByRefreshToken, "refresh_token", first);
        var (access, second) = (renewed.Text("access_token"), renewed.Text("refresh_token"));
        if (!renewed.IsYes || access is null)
        {
            report.Add(ConformanceRule.Refresh, RuleOutcome.Fails, renewed.IsYes ? FieldRules.Wrong(renewed, "access_token") : renewed.Said);
            return;
        }

        // One that is left out means that the old one stays (RFC 6749 6); the seed lists it.
        report.Add(ConformanceRule.Refresh, second is null ? RuleOutcome.Fails : RuleOutcome.Holds, second is null ? FieldRules.Wrong(renewed, "refresh_token") : null);
        var rotates = second is not null && second != first;
        report.Add(ConformanceRule.RefreshRotates, rotates ? RuleOutcome.Holds : RuleOutcome.NotTested, rotates ? null : ConformanceTexts.Get("Why_NotRotated"));
        report.Expect(ConformanceRule.NewAccessToken, await talk.UserInfoAsync("NewAccessToken", access, openId), "0");

        var refused = await talk.TokenAsync("WrongSecret", ByRefreshToken, "refresh_token", second ?? first, secret: Garbage());
        report.Add(ConformanceRule.SecretWrong, refused.Code is not null && !refused.IsYes ? RuleOutcome.Holds : RuleOutcome.Fails, refused.Said);
        if (rotates)
        {
            report.Expect(ConformanceRule.RefreshTokenSpent, await talk.TokenAsync("SpentRefreshToken", ByRefreshToken, "refresh_token", first), "100003");
        }
        else
        {
            report.Add(ConformanceRule.RefreshTokenSpent, RuleOutcome.NotTested, ConformanceTexts.Get("Why_NotRotated"));
        }
    }

    /// <summary>What nobody ever handed out.</summary>
    private static string Garbage() => "conformance-" + RandomNumberGenerator.GetHexString(24, lowercase: true);
}

/// <summary>What was found, rule by rule.</summary>
internal sealed class ConformanceReport
{
    private readonly Dictionary<ConformanceRule, RuleResult> _found = [];

    /// <summary>Every rule; those that nothing was found of were not tested.</summary>
    public IReadOnlyList<RuleResult> Results => [.. Enum.GetValues<ConformanceRule>().Select(rule => _found.GetValueOrDefault(rule) ?? new(rule, RuleOutcome.NotTested, WhyNot(rule)))];

    public void Add(ConformanceRule rule, RuleOutcome outcome, string? why) => _found[rule] = new(rule, outcome, why);

    /// <summary>Holds where the answer's result code is one of these.</summary>
    public void Expect(ConformanceRule rule, ConformanceAnswer answer, params ReadOnlySpan<string> codes)
    {
        var holds = answer.Code is { } code && codes.Contains(code);
        Add(rule, holds ? RuleOutcome.Holds : RuleOutcome.Fails, holds ? null : answer.Said);
    }

    private static string WhyNot(ConformanceRule rule) => ConformanceTexts.Get(rule switch
    {
        ConformanceRule.AccessTokenExpired => "Why_TakesTime",
        ConformanceRule.GrantRevoked => "Why_TakesPerson",
        _ => "Why_StepBefore",
    });
}
