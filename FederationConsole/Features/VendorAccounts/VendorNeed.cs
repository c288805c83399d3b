using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>Apps whose vendor's accounts sign in in development alone: seed 003 has them set up in production once more.</summary>
internal sealed class VendorNeed(Store store, ProjectCatalog projects, IStringLocalizer<VendorTexts> texts) : IProductionNeed
{
    public async Task<IReadOnlyList<ProductionLack>> LacksAsync(EnvironmentPair environments, CancellationToken cancellation)
    {
        var (development, production) = (await EnabledAsync(environments.Development), await EnabledAsync(environments.Production));
        return
        [
            .. development.Except(production).Select(app => projects.App(app, environments.Development)).OfType<AppEntry>().OrderBy(app => app.Code, StringComparer.Ordinal)
                .Select(app => new ProductionLack(texts["Lack", app.Name], $"vendor-accounts?app={Uri.EscapeDataString(app.Code)}")),
        ];

        Task<List<AppId>> EnabledAsync(EnvironmentId id) => store.ReadAsync(new Scope(id, environments.Project), db =>
            db.Set<VendorAccount>().Where(v => v.Enabled).Select(v => v.AppId).ToListAsync(cancellation));
    }
}
