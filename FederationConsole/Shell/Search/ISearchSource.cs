namespace FederationConsole.Shell.Search;

/// <summary>One thing that the search of the top bar found.</summary>
/// <param name="Kind">What it is, in the current language: 用户, 应用.</param>
/// <param name="Title">Its name.</param>
/// <param name="Detail">What tells it from others of the same name (a masked phone, an id); may be empty.</param>
/// <param name="Href">The page that shows it; <see cref="ConsoleContext.Link"/> makes it.</param>
/// <param name="Icon">A name of <see cref="Components.Icons"/>.</param>
public sealed record SearchHit(string Kind, string Title, string Detail, string Href, string Icon);

/// <summary>
/// What can be found from the top bar by what a person has at hand (phone, e-mail, open id, app key). One source a subject;
/// each answers at most five hits, from indexed columns only, and none for what the actor may not see.
/// </summary>
public interface ISearchSource
{
    /// <param name="text">Trimmed, at least two characters.</param>
    Task<IReadOnlyList<SearchHit>> FindAsync(ConsoleContext context, string text, CancellationToken cancellationToken);
}
