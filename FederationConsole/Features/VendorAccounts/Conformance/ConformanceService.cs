using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>Examines the vendor that is set up for an app, by what is saved and switched on or not.</summary>
public sealed class ConformanceService(ProjectCatalog projects, VendorCatalog catalog, ConformanceRun run)
{
    /// <summary>
    /// Makes no user and no session, and changes no mark: that is for the test of the set-up. Needs <see cref="Role.Operator"/>. Faults:
    /// <see cref="FaultKind.Missing"/> and <see cref="FaultKind.Invalid"/> of the code, <see cref="FaultKind.SourceNotSetUp"/>.
    /// </summary>
    /// <param name="code">From the vendor; used up.</param>
    public async Task<Outcome<IReadOnlyList<RuleResult>>> RunAsync(Actor actor, EnvironmentId id, AppId appId, string code, CancellationToken cancellation)
    {
        if (projects.For(actor, Role.Operator, id).Fault is { } fault)
        {
            return fault;
        }

        if (string.IsNullOrWhiteSpace(code) || code.Length > VendorRules.MaxToken)
        {
            return new Fault(string.IsNullOrWhiteSpace(code) ? FaultKind.Missing : FaultKind.Invalid, VendorField.Code);
        }

        if (catalog.Find(id, appId) is not { } vendor)
        {
            return FaultKind.SourceNotSetUp;
        }

        // A partition of its own: an examination provokes failures, which must not count against logins.
        var setup = new ConformanceSetup(
            new(vendor.TokenUrl), new(vendor.UserInfoUrl), vendor.ClientId, vendor.ClientSecret, vendor.TokenMethod == TokenMethod.Get, vendor.Fields, $"{vendor.Partition} check");
        return Outcome.Of(await run.RunAsync(setup, code.Trim(), cancellation));
    }
}
