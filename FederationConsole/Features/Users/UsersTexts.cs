using FederationConsole.Features.Sources;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Users;

/// <summary>Marks UsersTexts.resx (Chinese) and UsersTexts.en.resx. Sources stand there by their number as <c>Source_10</c>.</summary>
public sealed class UsersTexts;

internal static class SourceNames
{
    /// <summary>What <see cref="Accounts.User.Origin"/> and <see cref="Sessions.Session.Source"/> say of a way of our own.</summary>
    public const int Own = 0;

    /// <summary>Every origin that a user can have: seed 002's in its order, then seed 003's vendors.</summary>
    public static readonly IReadOnlyList<int> All = [Own, .. Enum.GetValues<SourceKind>().Select(source => (int)source), Accounts.User.VendorOrigin];

    public static string Source(this IStringLocalizer<UsersTexts> texts, int source) => texts[$"Source_{source}"];
}
