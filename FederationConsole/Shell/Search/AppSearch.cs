using FederationConsole.Features.Projects;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Search;

/// <summary>Apps by name, code, or the key that they have in either environment.</summary>
internal sealed class AppSearch(AppService apps, IStringLocalizer<ShellTexts> texts) : ISearchSource
{
    private const int Most = 5;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(ConsoleContext context, string text, CancellationToken cancellationToken)
    {
        var found = await apps.ListAsync(context.Actor, context.Project.Id);
        return
        [
            .. (found.Value ?? []).Where(app => new[] { app.Name, app.Code }.Concat(app.Credentials.Select(c => c.AppKey)).Any(name => name.Contains(text, StringComparison.OrdinalIgnoreCase)))
                .Take(Most)
                .Select(app => new SearchHit(texts["Nav.Apps"], app.Name, app.Code, $"{context.Link("apps")}?app={Uri.EscapeDataString(app.Code)}", "app")),
        ];
    }
}
