using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Search;

/// <summary>Meetings of the environment by id, or by a part of the name; from memory.</summary>
internal sealed class MeetingSearch(MeetingCatalog meetings, IStringLocalizer<ShellTexts> texts) : ISearchSource
{
    private const int MostHits = 5;

    public Task<IReadOnlyList<SearchHit>> FindAsync(ConsoleContext context, string text, CancellationToken cancellationToken)
    {
        IReadOnlyList<SearchHit> hits = !context.May(Role.ReadOnly) ? [] :
        [
            .. meetings.Of(context.Environment.Id).Select(m => m.Meeting)
                .Where(m => m.Key == text || m.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(m => m.StartsAt).Take(MostHits)
                .Select(m => new SearchHit(texts["Nav.Meetings"], m.Name, m.Key, MeetingTabs.Address(context, m.Key), "meeting")),
        ];
        return Task.FromResult(hits);
    }
}
