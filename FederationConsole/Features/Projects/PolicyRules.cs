using System.Globalization;
using FederationConsole.Platform;

namespace FederationConsole.Features.Projects;

/// <summary>What a login policy is about: how the page and the difference group them.</summary>
public enum PolicyGroup
{
    WaysIn,
    Tokens,
    Codes,
    Passwords,
}

/// <summary>One field of <see cref="Policies"/>.</summary>
/// <param name="Name">As the project file has it.</param>
/// <param name="Says">What it is for: a line of the project file's reference page.</param>
public abstract record PolicyField(string Name, PolicyGroup Group, string Says)
{
    /// <summary>The value as one text: two policies with the same texts are the same.</summary>
    public abstract string Text(Policies policies);
}

/// <param name="Min">The least, allowed.</param>
/// <param name="Max">The greatest, allowed.</param>
public sealed record PolicyNumber(
    string Name, PolicyGroup Group, int Min, int Max, Func<Policies, int> Get, Func<Policies, int, Policies> With, string Says) : PolicyField(Name, Group, Says)
{
    public override string Text(Policies policies) => Get(policies).ToString(CultureInfo.InvariantCulture);
}

public sealed record PolicyFlag(string Name, PolicyGroup Group, Func<Policies, bool> Get, Func<Policies, bool, Policies> With, string Says) : PolicyField(Name, Group, Says)
{
    public override string Text(Policies policies) => Get(policies) ? "true" : "false";
}

/// <summary>Numbers of third-party sources; which ones exist is known to who knows the sources.</summary>
public sealed record PolicySources(
    string Name, PolicyGroup Group, Func<Policies, IReadOnlyList<int>> Get, Func<Policies, IReadOnlyList<int>, Policies> With, string Says) : PolicyField(Name, Group, Says)
{
    public override string Text(Policies policies) => string.Join(", ", Get(policies).Order().Select(source => source.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>Every login policy with its bounds, once: for the page, the project file and the difference that promotion shows.</summary>
public static class PolicyRules
{
    public static readonly IReadOnlyList<PolicyField> Fields =
    [
        new PolicyNumber("accessTokenSeconds", PolicyGroup.Tokens, 60, 86_400, p => p.AccessTokenSeconds, (p, v) => p with { AccessTokenSeconds = v }, "Life of an access token; 7200."),
        new PolicyNumber("refreshTokenDays", PolicyGroup.Tokens, 1, 365, p => p.RefreshTokenDays, (p, v) => p with { RefreshTokenDays = v }, "Life of a refresh token; 30."),
        new PolicyNumber("smsFreePerDay", PolicyGroup.Codes, 0, 100, p => p.SmsFreePerDay, (p, v) => p with { SmsFreePerDay = v }, "Codes a phone or mail address and day before a captcha is asked for; 3."),
        new PolicyNumber("smsMaxPerDay", PolicyGroup.Codes, 1, 100, p => p.SmsMaxPerDay, (p, v) => p with { SmsMaxPerDay = v }, "Codes a phone or mail address and day at most; 10."),
        new PolicyNumber("codesPerDay", PolicyGroup.Codes, 1, 1_000_000, p => p.CodesPerDay, (p, v) => p with { CodesPerDay = v }, "Codes of the whole environment a day at most, by text message and by mail each; 10000."),
        new PolicyNumber("smsPriceFen", PolicyGroup.Codes, 0, 1_000, p => p.SmsPriceFen, (p, v) => p with { SmsPriceFen = v }, "What a text message costs, in hundredths of a yuan; 5. 0: nothing is counted."),
        new PolicyNumber("smsBudgetFen", PolicyGroup.Codes, 0, 100_000_000, p => p.SmsBudgetFen, (p, v) => p with { SmsBudgetFen = v }, "What text messages may cost a day, in hundredths of a yuan; 50000."),
        new PolicyNumber("passwordMinLength", PolicyGroup.Passwords, 6, 64, p => p.PasswordMinLength, (p, v) => p with { PasswordMinLength = v }, "Characters of a user's password at least; 8."),
        new PolicyNumber("passwordClasses", PolicyGroup.Passwords, 1, 4, p => p.PasswordClasses, (p, v) => p with { PasswordClasses = v }, "Kinds of characters in it at least (small letters, capitals, digits, others); 2."),
        new PolicyFlag("ownAccounts", PolicyGroup.WaysIn, p => p.OwnAccounts, (p, v) => p with { OwnAccounts = v }, "Whether people sign in with accounts of this platform; true. false: with the vendor's accounts alone."),
        new PolicySources("withheldSources", PolicyGroup.WaysIn, p => p.WithheldSources, (p, v) => p with { WithheldSources = v }, "Sources that are not offered although they are set up; none."),
    ];

    /// <summary>Pairs of which the second may not be less than the first.</summary>
    public static readonly IReadOnlyList<(string First, string Second)> InOrder = [("smsFreePerDay", "smsMaxPerDay")];

    /// <summary>The first field that is not what is allowed.</summary>
    /// <param name="sources">The sources that there are.</param>
    public static Fault? Check(Policies policies, IReadOnlyCollection<int> sources)
    {
        var wrong = Fields.FirstOrDefault(field => field switch
        {
            PolicyNumber number => number.Get(policies) < number.Min || number.Get(policies) > number.Max,
            PolicySources some => some.Get(policies).Any(s => !sources.Contains(s)) || some.Get(policies).Distinct().Count() < some.Get(policies).Count,
            _ => false,
        })?.Name ?? InOrder.FirstOrDefault(pair => Number(policies, pair.Second) < Number(policies, pair.First)).Second;
        return wrong is null ? null : new Fault(FaultKind.Invalid, wrong);
    }

    /// <summary>Equal as policies, whatever the order of the sources.</summary>
    public static bool Same(Policies a, Policies b) => Fields.All(field => field.Text(a) == field.Text(b));

    private static int Number(Policies policies, string name) => Fields.OfType<PolicyNumber>().Single(f => f.Name == name).Get(policies);
}
