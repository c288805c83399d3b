using FederationConsole.Features.Accounts;

namespace FederationConsole.Features.Users;

/// <summary>A user's form while it is typed. Its properties bear the names that faults bear.</summary>
public sealed class UserDraft
{
    private readonly UserInput _from;

    /// <param name="from">Null for a new user.</param>
    public UserDraft(UserCard? from)
    {
        Version = from?.Version ?? 0;
        var national = from is { User.Phone: { } phone, PhoneZone: { } zone } ? phone[zone.Length..] : null;
        _from = new(from?.AccountName ?? "", national ?? "", from?.PhoneZone ?? PhoneNumber.DefaultZone, from?.User.Email ?? "", from?.User.Nickname ?? "", from?.Gender ?? 0);
        (AccountName, Phone, PhoneZone) = (_from.AccountName!, _from.Phone!, _from.PhoneZone!);
        (Email, Nickname, Gender) = (_from.Email!, _from.Nickname!, _from.Gender);
    }

    public string AccountName { get; set; }
    public string Phone { get; set; }
    public string PhoneZone { get; set; }
    public string Email { get; set; }
    public string Nickname { get; set; }
    public int Gender { get; set; }

    /// <summary>The first one, of a new user.</summary>
    public string Password { get; set; } = "";

    /// <summary>What the form began with.</summary>
    public int Version { get; }

    public bool IsDirty => Input != _from || Password.Length > 0;

    public UserInput Input => new(AccountName, Phone, PhoneZone, Email, Nickname, Gender);
}
