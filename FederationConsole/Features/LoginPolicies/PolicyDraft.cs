using System.Globalization;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Features.LoginPolicies;

/// <summary>Policies as they are being edited: numbers as typed.</summary>
public sealed class PolicyDraft
{
    private readonly Dictionary<string, string> _numbers;
    private readonly HashSet<int> _withheld;
    private Policies _from;

    public PolicyDraft(PolicyDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        (_from, Version, OwnAccounts) = (details.Policies, details.Version, details.Policies.OwnAccounts);
        _numbers = PolicyRules.Fields.OfType<PolicyNumber>().ToDictionary(f => f.Name, f => f.Text(details.Policies), StringComparer.Ordinal);
        _withheld = [.. details.Policies.WithheldSources];
    }

    /// <summary>What the draft was filled from.</summary>
    public int Version { get; private set; }

    public bool OwnAccounts { get; set; }

    public bool IsDirty => Policies is not { } policies || !PolicyRules.Same(policies, _from);

    /// <summary>What the service would say to it.</summary>
    public Fault? Fault => Policies is not { } policies ? new(FaultKind.Invalid, WrongNumber) : LoginPolicyService.Check(policies);

    /// <summary>Null while a number is none.</summary>
    public Policies? Policies => WrongNumber is not null ? null : PolicyRules.Fields.OfType<PolicyNumber>()
        .Aggregate(new Policies { OwnAccounts = OwnAccounts, WithheldSources = [.. _withheld.Order()] }, (policies, number) => number.With(policies, Parse(_numbers[number.Name])!.Value));

    public string Number(string name) => _numbers[name];

    public void Type(string name, string? text) => _numbers[name] = text?.Trim() ?? "";

    public bool IsWithheld(int source) => _withheld.Contains(source);

    public void Withhold(int source, bool withheld)
    {
        if (withheld)
        {
            _withheld.Add(source);
        }
        else
        {
            _withheld.Remove(source);
        }
    }

    /// <summary>To be saved over somebody else's, who has been read.</summary>
    public void PutOver(PolicyDetails theirs) => (_from, Version) = (theirs.Policies, theirs.Version);

    private string? WrongNumber => _numbers.FirstOrDefault(n => Parse(n.Value) is null).Key;

    private static int? Parse(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
