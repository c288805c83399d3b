using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>自有账号对接 (seed 003): the apps of this environment, each with its vendor's account system. The open card lives in the address.</summary>
public sealed partial class VendorAccountsPage
{
    private IReadOnlyList<VendorApp> apps = [];

    [Inject] private VendorService Service { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>The app whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "app")] public string? Code { get; set; }

    private int Unverified => apps.Count(a => a.Vendor is { Enabled: true, IsVerified: false });

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ListAsync(Context.Actor, Context.Environment.Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        apps = found.Value;
        return Outcome.Done;
    }

    private string Href(string? code) => Navigate.GetUriWithQueryParameter("app", code);
}
