using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;

namespace FederationConsole.Features.Users;

/// <summary>A user's form while it is typed. Its properties, and the attributes' ids, are the names that faults bear.</summary>
public sealed class UserDraft
{
    private readonly UserInput _from;
    private readonly Dictionary<string, string?> _had;

    /// <param name="from">Null for a new user.</param>
    /// <param name="schema">The attributes that the form asks for.</param>
    public UserDraft(UserCard? from, IReadOnlyList<AttributeDefinition> schema)
    {
        Version = from?.Version ?? 0;
        var national = from is { User.Phone: { } phone, PhoneZone: { } zone } ? phone[zone.Length..] : null;
        _from = new(from?.AccountName ?? "", national ?? "", from?.PhoneZone ?? PhoneNumber.DefaultZone, from?.User.Email ?? "", from?.User.Nickname ?? "", from?.Gender ?? 0);
        (AccountName, Phone, PhoneZone) = (_from.AccountName!, _from.Phone!, _from.PhoneZone!);
        (Email, Nickname, Gender) = (_from.Email!, _from.Nickname!, _from.Gender);
        Schema = schema;
        _had = schema.ToDictionary(a => a.Id, a => from?.Attributes.GetValueOrDefault(a.Id) is { } stored ? AttributeValue.ToTyped(a, stored) : null);
        Attributes = new(_had);
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

    public IReadOnlyList<AttributeDefinition> Schema { get; }

    /// <summary>As typed, by id.</summary>
    public Dictionary<string, string?> Attributes { get; }

    /// <summary>Those that were typed into: what is left alone is not written, also where it no longer fits.</summary>
    public IReadOnlyDictionary<string, string?> TypedAttributes =>
        Attributes.Where(a => (a.Value ?? "") != (_had[a.Key] ?? "")).ToDictionary(a => a.Key, a => a.Value);

    public bool IsDirty => Input != _from || Password.Length > 0 || TypedAttributes.Count > 0;

    public UserInput Input => new(AccountName, Phone, PhoneZone, Email, Nickname, Gender);
}
