using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Accounts;

/// <summary>What an administrator types of a user, or a file says; blank is absent.</summary>
/// <param name="Phone">The national number.</param>
/// <param name="PhoneZone">Such as <c>+86</c>, which also counts where there is none.</param>
/// <param name="Gender">0 unknown, 1 male, 2 female.</param>
public sealed record UserInput(
    string? AccountName = null, string? Phone = null, string? PhoneZone = null, string? Email = null, string? Nickname = null, int Gender = 0);

/// <summary>A <see cref="UserInput"/> that holds nothing wrong.</summary>
/// <param name="Email">Lower case.</param>
public sealed record UserFields(string? AccountName, PhoneNumber? Phone, string? Email, string? Nickname, int Gender)
{
    public const int MaxText = 64;

    /// <summary>By which a person who has a password signs in.</summary>
    public bool HasName => (AccountName ?? Phone?.E164 ?? Email) is not null;

    /// <summary>
    /// An account name begins with a letter and has letters, digits, <c>_ . -</c> alone, so that it is never taken for a phone or an
    /// e-mail, which sign in as well.
    /// </summary>
    /// <returns>The fields, and what is wrong: each fault names the property of <see cref="UserInput"/>.</returns>
    public static (UserFields Fields, IReadOnlyList<Fault> Faults) Read(UserInput input)
    {
        var faults = new List<Fault>();
        var (account, number, mail, nickname) = (Text(input.AccountName), Text(input.Phone), Text(input.Email), Text(input.Nickname));
        var phone = number is null ? null : PhoneNumber.Parse(number, Text(input.PhoneZone));
        var email = mail is null ? null : EmailAddress.Parse(mail);
        Check(nameof(AccountName), account is null || IsAccountName(account));
        Check(nameof(UserInput.PhoneZone), PhoneNumber.IsZone(Text(input.PhoneZone)));
        Check(nameof(Phone), number is null || phone is not null || !PhoneNumber.IsZone(Text(input.PhoneZone)));
        Check(nameof(Email), mail is null || email is not null);
        Check(nameof(Nickname), nickname is null || (nickname.Length <= MaxText && !nickname.Any(char.IsControl)));
        Check(nameof(Gender), input.Gender is >= 0 and <= 2);
        return (new(account, phone, email, nickname, input.Gender), faults);

        void Check(string field, bool fits)
        {
            if (!fits)
            {
                faults.Add(new(FaultKind.Invalid, field));
            }
        }
    }

    /// <summary>As part of the caller's write: the first of the three names that another user has. Names are followed nowhere: a merged user's are taken too.</summary>
    public async Task<Fault?> TakenAsync(ConsoleDb db, UserId except = default)
    {
        var (phone, email, account) = (Phone?.E164, Email, AccountName);
        return phone is not null && await db.Set<User>().AnyAsync(u => u.Phone == phone && u.Id != except) ? new(FaultKind.PhoneTaken, nameof(Phone))
            : email is not null && await db.Set<User>().AnyAsync(u => u.Email == email && u.Id != except) ? new(FaultKind.EmailTaken, nameof(Email))
            : account is not null && await db.Set<User>().AnyAsync(u => u.AccountName == account && u.Id != except) ? new(FaultKind.Taken, nameof(AccountName))
            : null;
    }

    /// <summary>A new user of these fields; the caller audits, publishes and signals.</summary>
    public User Make(ConsoleDb db, int origin) => new()
    {
        Id = db.NextId<UserId>(),
        AccountId = db.NextGuid(),
        AccountName = AccountName,
        Phone = Phone?.E164,
        PhoneZone = Phone?.Zone,
        Email = Email,
        Nickname = Nickname,
        Gender = Gender,
        Origin = origin,
        CreatedAt = db.Now,
    };

    private static bool IsAccountName(string text) =>
        text.Length <= MaxText && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
