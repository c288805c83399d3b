using System.Globalization;
using CsvHelper;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Registrations;
using FederationConsole.Features.Users.Imports;
using FederationConsole.Platform;

namespace FederationConsole.Features.Users;

/// <summary>
/// The export's columns and lines, an attribute a column behind the fixed ones. Columns that an import knows mean the same there. Times
/// are ISO 8601 in UTC. The ' before what looks like a formula (<see cref="SafeCsv"/>), an import takes off again.
/// </summary>
internal static class UserCsv
{
    /// <summary>The last two: <c>source:issuer:open_id</c> and <c>order number:state:BventId</c>, one after the other with a blank between.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "user_id", "account_id", ImportFile.Account, ImportFile.Phone, ImportFile.PhoneZone, ImportFile.Email, ImportFile.Nickname, ImportFile.Gender,
        "origin", "created_at", "disabled_at", "merged_into", "identities", "registrations",
    ];

    public static CsvWriter Open(Stream to, IReadOnlyList<AttributeDefinition> schema) => SafeCsv.Open(to, [.. Columns, .. schema.Select(AttributeColumn.Of)]);

    /// <param name="attributes">Canonical texts by attribute id.</param>
    public static string?[] Line(User user, IEnumerable<Identity> identities, IEnumerable<UserRegistration> registrations, IReadOnlyList<AttributeDefinition> schema,
        IReadOnlyDictionary<string, string> attributes) =>
    [
        user.Id.ToString(), user.AccountId.ToString(), user.AccountName, user.NationalPhone, user.PhoneZone, user.Email, SafeCsv.Plain(user.Nickname),
        Text(user.Gender), Text(user.Origin), Time(user.CreatedAt), user.DisabledAt is { } at ? Time(at) : null, user.MergedInto?.ToString(),
        string.Join(' ', identities.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Source}:{i.Issuer}:{i.OpenId}"))),
        string.Join(' ', registrations.Select(r => $"{r.Number}:{r.Status}:{r.Meeting}")),
        .. schema.Select(a => attributes.TryGetValue(a.Id, out var stored) ? SafeCsv.Plain(AttributeValue.ToTyped(a, stored)) : null),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
