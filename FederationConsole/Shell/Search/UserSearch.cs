using FederationConsole.Features.Accounts;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Shell.Search;

/// <summary>Users by user id, phone, e-mail, open id, or the beginning of a nickname.</summary>
internal sealed class UserSearch(UserService users, IStringLocalizer<ShellTexts> texts) : ISearchSource
{
    private const int MostHits = 5;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(ConsoleContext context, string text, CancellationToken cancellationToken)
    {
        var found = await users.FindAsync(context.Actor, context.Environment.Id, text, MostHits, cancellationToken);
        return found.Ok ? [.. found.Value.Select(user => Show(context, user))] : [];
    }

    private SearchHit Show(ConsoleContext context, UserRow user) => new(
        texts["Nav.Users"], user.Nickname ?? user.Id.ToString(), user.Phone ?? user.Email ?? (user.Nickname is null ? "" : user.Id.ToString()),
        $"{context.Link("users")}?user={user.Id}", "user");
}
