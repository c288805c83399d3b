using System.Globalization;
using CsvHelper;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Users.Imports;

namespace FederationConsole.Features.Users;

/// <summary>A line of the export. Columns that an import knows mean the same there. Times are ISO 8601 in UTC.</summary>
/// <param name="Identities"><c>source:issuer:open_id</c>, one after the other with a blank between.</param>
[CsvRecord]
internal sealed partial record UserCsv(
    [property: CsvColumn("user_id")] string UserId, [property: CsvColumn("account_id")] string AccountId,
    [property: CsvColumn(ImportFile.Account)] string? Account, [property: CsvColumn(ImportFile.Phone)] string? Phone,
    [property: CsvColumn(ImportFile.PhoneZone)] string? PhoneZone, [property: CsvColumn(ImportFile.Email)] string? Email,
    [property: CsvColumn(ImportFile.Nickname)] string? Nickname, [property: CsvColumn(ImportFile.Gender)] int Gender,
    [property: CsvColumn("origin")] int Origin, [property: CsvColumn("created_at")] string CreatedAt, [property: CsvColumn("disabled_at")] string? DisabledAt,
    [property: CsvColumn("merged_into")] string? MergedInto, [property: CsvColumn("identities")] string? Identities)
{
    private const string FullWidth = "＝＋－＠";

    // A cell that begins like a formula gets a ' in front, so that a spreadsheet shows it and does not run it. An import takes it off again.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.For<UserCsv>() with
    {
        Injection = CsvInjection.Escape,
        WriteByteOrderMark = true,
    };

    public static CsvWriter Open(Stream to) => CsvWriter.Create(to, Options, leaveOpen: true);

    public static UserCsv Of(User user, IEnumerable<Identity> identities) => new(
        user.Id.ToString(), user.AccountId.ToString(), user.AccountName, user.NationalPhone, user.PhoneZone, user.Email, Plain(user.Nickname), user.Gender, user.Origin,
        Time(user.CreatedAt), user.DisabledAt is { } at ? Time(at) : null, user.MergedInto?.ToString(),
        string.Join(' ', identities.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Source}:{i.Issuer}:{i.OpenId}"))));

    /// <summary>East Asian Excel takes the full-width signs for the same, and CsvHelper knows ASCII alone.</summary>
    private static string? Plain(string? text) => text is { Length: > 0 } && FullWidth.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Time(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
