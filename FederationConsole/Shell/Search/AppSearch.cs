using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Search;

/// <summary>Apps of the environment by app key, or by a part of name or code; from memory.</summary>
internal sealed class AppSearch(ProjectCatalog projects, IStringLocalizer<ShellTexts> texts) : ISearchSource
{
    private const int MostHits = 5;

    public Task<IReadOnlyList<SearchHit>> FindAsync(ConsoleContext context, string text, CancellationToken cancellationToken)
    {
        var allowed = projects.For(context.Actor, Role.ReadOnly, context.Environment.Id).Ok;
        IReadOnlyList<SearchHit> hits =
        [
            .. projects.Apps(context.Environment.Id)
                .Where(app => allowed && (app.AppKey == text || Has(app.Name, text) || Has(app.Code, text)))
                .OrderBy(app => app.Name, StringComparer.CurrentCulture).Take(MostHits)
                .Select(app => new SearchHit(texts["Nav.Apps"], app.Name, app.Code, $"{context.Link("apps")}?app={Uri.EscapeDataString(app.Code)}", "app")),
        ];
        return Task.FromResult(hits);
    }

    private static bool Has(string value, string text) => value.Contains(text, StringComparison.OrdinalIgnoreCase);
}
