using FederationConsole.Data;
using FederationConsole.Features.Events;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Promotion;

/// <summary>Sources that people sign in with in development, and that production does not have or has switched off.</summary>
internal sealed class SourceNeed(Store store, IStringLocalizer<SourceTexts> names) : IProductionNeed
{
    public async Task<IReadOnlyList<ProductionLack>> LacksAsync(EnvironmentPair environments, CancellationToken cancellation)
    {
        var (development, production) = (await EnabledAsync(environments.Development), await EnabledAsync(environments.Production));
        return
        [
            .. development.Except(production).OrderBy(k => k).Select(kind =>
                new ProductionLack(PromotionWords.Say("Lack.Source", names[$"Kind.{kind}"].Value), $"sources?source={(int)kind}")),
        ];

        Task<List<SourceKind>> EnabledAsync(EnvironmentId id) => store.ReadAsync(new Scope(id, environments.Project), db =>
            db.Set<SourceSetting>().Where(s => s.Enabled).Select(s => s.Source).Distinct().ToListAsync(cancellation));
    }
}

/// <summary>Channels that development sends by; the inbox, which sends to nobody, is no way for production.</summary>
internal sealed class MessageNeed(Store store) : IProductionNeed
{
    public async Task<IReadOnlyList<ProductionLack>> LacksAsync(EnvironmentPair environments, CancellationToken cancellation)
    {
        var (development, production) = (await ProvidersAsync(environments.Development), await ProvidersAsync(environments.Production));
        return
        [
            .. development.Where(d => production.GetValueOrDefault(d.Key, MessageProvider.Inbox) == MessageProvider.Inbox && !(d.Value == MessageProvider.Inbox && production.ContainsKey(d.Key)))
                .OrderBy(d => d.Key).Select(d => new ProductionLack(PromotionWords.Say($"Lack.{d.Key}"), "messages")),
        ];

        Task<Dictionary<MessageChannel, MessageProvider>> ProvidersAsync(EnvironmentId id) => store.ReadAsync(new Scope(id, environments.Project), db =>
            db.Set<MessageSetting>().ToDictionaryAsync(s => s.Channel, s => s.Provider, cancellation));
    }
}

/// <summary>Receivers of events: their addresses differ by environment, so what counts is that there is one.</summary>
internal sealed class ReceiverNeed(Store store) : IProductionNeed
{
    public async Task<IReadOnlyList<ProductionLack>> LacksAsync(EnvironmentPair environments, CancellationToken cancellation) =>
        await AnyAsync(environments.Development) && !await AnyAsync(environments.Production) ? [new(PromotionWords.Say("Lack.Receiver"), "events")] : [];

    private Task<bool> AnyAsync(EnvironmentId id) => store.ReadAsync(new Scope(id, default), db => db.Set<EventReceiver>().AnyAsync(r => r.Enabled));
}

/// <summary>Apps whose service is not open, and redirect addresses and origins that only development has.</summary>
internal sealed class AppNeed(Store store) : IProductionNeed
{
    public async Task<IReadOnlyList<ProductionLack>> LacksAsync(EnvironmentPair environments, CancellationToken cancellation)
    {
        var (apps, credentials) = await store.ReadAsync(Scope.Of(environments.Project), async db => (
            await db.Set<App>().Where(a => a.ProjectId == environments.Project).OrderBy(a => a.Code).ToListAsync(cancellation),
            await db.Set<AppCredential>().Where(c => c.EnvironmentId == environments.Development || c.EnvironmentId == environments.Production)
                .ToDictionaryAsync(c => (c.AppId, c.EnvironmentId), cancellation)));
        var lacks = new List<ProductionLack>();
        foreach (var app in apps)
        {
            var page = $"apps?app={Uri.EscapeDataString(app.Code)}&tab=production";
            if (app.ServiceEnabledAt is null)
            {
                lacks.Add(new(PromotionWords.Say("Lack.Service", app.Name), "service"));
            }

            var (development, production) = (credentials.GetValueOrDefault((app.Id, environments.Development)), credentials.GetValueOrDefault((app.Id, environments.Production)));
            if (development?.RedirectUris.Count > 0 && production?.RedirectUris.Count is null or 0)
            {
                lacks.Add(new(PromotionWords.Say("Lack.Redirects", app.Name), page));
            }

            if (development?.Origins.Count > 0 && production?.Origins.Count is null or 0)
            {
                lacks.Add(new(PromotionWords.Say("Lack.Origins", app.Name), page));
            }
        }

        return lacks;
    }
}
