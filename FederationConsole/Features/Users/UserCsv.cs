using System.Globalization;
using CsvHelper;
using FederationConsole.Features.Accounts;

namespace FederationConsole.Features.Users;

/// <summary>A line of the export; the names are its header, and those that an import knows mean the same there. Times are ISO 8601 in UTC.</summary>
/// <param name="identities"><c>source:issuer:open_id</c>, one after the other with a blank between.</param>
[CsvRecord]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE1006", Justification = "The header of the file.")]
internal sealed partial record UserCsv(
    string user_id, string account_id, string? account, string? phone, string? phone_zone, string? email, string? nickname, int gender, int origin,
    string created_at, string? disabled_at, string? merged_into, string? identities)
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
