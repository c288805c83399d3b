using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Merges;

public enum MergeThing
{
    Identity = 1,
    Phone = 2,
    Email = 3,
    AccountName = 4,
    Password = 5,
    Attribute = 6,
}

public enum MergeFate
{
    /// <summary>Goes to the user who stays.</summary>
    Moves = 1,

    /// <summary>Another open id of the account that the user who stays has bound: both sign in.</summary>
    Joins = 2,

    /// <summary>The user who stays has one of their own. An identity, phone or name leads on to them; a password is no good any more.</summary>
    StaysBehind = 3,
}

/// <param name="Source">Of an identity, as seed 002 numbers them; else 0.</param>
/// <param name="Value">An identity's open id, the phone, the mail, the name, an attribute's value as people read it; null of a password.</param>
/// <param name="Name">Of an attribute, as people read it.</param>
public sealed record MergeItem(MergeThing Thing, int Source, string? Value, MergeFate Fate, string? Name = null);

/// <summary>
/// What a merge would do, worked out from what both hold: the same for the preview and for the write, so that an administrator
/// confirms what is done.
/// </summary>
internal sealed class MergePlan
{
    private MergePlan(User stays, User goes, SchemaInForce schema) => (Stays, Goes, Schema) = (stays, goes, schema);

    public User Stays { get; }
    public User Goes { get; }
    public SchemaInForce Schema { get; }
    public List<Identity> Moving { get; } = [];
    public List<Identity> Joining { get; } = [];
    public List<Identity> Left { get; } = [];
    /// <summary>What the user who stays has nothing of, also of attributes that are out of sight.</summary>
    public List<UserAttribute> MovingAttributes { get; } = [];
    /// <summary>What the user who stays has another value of.</summary>
    public List<UserAttribute> LeftAttributes { get; } = [];
    public PasswordCredential? StaysPassword { get; private set; }
    public PasswordCredential? GoesPassword { get; private set; }

    public bool PhoneMoves => Goes.Phone is not null && Stays.Phone is null;
    public bool EmailMoves => Goes.Email is not null && Stays.Email is null;
    public bool AccountNameMoves => Goes.AccountName is not null && Stays.AccountName is null;
    public bool PasswordMoves => GoesPassword is not null && StaysPassword is null;

    /// <summary>Null when one of them is not there.</summary>
    public static async Task<MergePlan?> MakeAsync(ConsoleDb db, UserId stays, UserId goes, SchemaInForce schema)
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == stays) is not { } one || await db.Set<User>().FirstOrDefaultAsync(u => u.Id == goes) is not { } other)
        {
            return null;
        }

        var plan = new MergePlan(one, other, schema)
        {
            StaysPassword = await db.Set<PasswordCredential>().FirstOrDefaultAsync(p => p.UserId == stays),
            GoesPassword = await db.Set<PasswordCredential>().FirstOrDefaultAsync(p => p.UserId == goes),
        };
        var held = await db.Set<Identity>().Where(i => i.UserId == stays).ToListAsync();
        foreach (var identity in await db.Set<Identity>().Where(i => i.UserId == goes).OrderBy(i => i.Source).ThenBy(i => i.Id).ToListAsync())
        {
            var ofSource = held.FindAll(i => i.Source == identity.Source);
            var place = ofSource.Count == 0 ? plan.Moving
                : identity.UnionId is { } unionId && ofSource.Exists(i => i.UnionId == unionId) ? plan.Joining
                : plan.Left;
            place.Add(identity);
        }

        var values = await db.Set<UserAttribute>().Where(a => a.UserId == stays).ToDictionaryAsync(a => a.AttributeId, a => a.Value);
        foreach (var attribute in await db.Set<UserAttribute>().Where(a => a.UserId == goes).OrderBy(a => a.AttributeId).ToListAsync())
        {
            if (!values.TryGetValue(attribute.AttributeId, out var value))
            {
                plan.MovingAttributes.Add(attribute);
            }
            else if (value != attribute.Value)
            {
                plan.LeftAttributes.Add(attribute);
            }
        }

        return plan;
    }

    /// <summary>In the order of the page.</summary>
    public IReadOnlyList<MergeItem> Items() =>
    [
        .. Of(Moving, MergeFate.Moves), .. Of(Joining, MergeFate.Joins), .. Of(Left, MergeFate.StaysBehind),
        .. Of(MergeThing.Phone, Goes.Phone, PhoneMoves), .. Of(MergeThing.Email, Goes.Email, EmailMoves),
        .. Of(MergeThing.AccountName, Goes.AccountName, AccountNameMoves), .. Of(MergeThing.Password, GoesPassword is null ? null : "", PasswordMoves),
        .. Of(MovingAttributes, MergeFate.Moves), .. Of(LeftAttributes, MergeFate.StaysBehind),
    ];

    /// <summary>Tells a plan from one that was made when the two held something else.</summary>
    public string Stamp() => Moved.Print(JsonColumn.Text(new
    {
        items = Items(), identities = Moving.Concat(Joining).Concat(Left).Select(i => i.Id), password = GoesPassword?.SetAt, stays = Stays.Id.Value, goes = Goes.Id.Value,
        attributes = MovingAttributes.Concat(LeftAttributes).Select(a => (string[])[a.AttributeId, a.Value]),
    }))!;

    private static IEnumerable<MergeItem> Of(List<Identity> identities, MergeFate fate) =>
        identities.Select(i => new MergeItem(MergeThing.Identity, i.Source, i.OpenId, fate));

    private IEnumerable<MergeItem> Of(List<UserAttribute> values, MergeFate fate) => Schema.Attributes.Join(
        values, a => a.Id, v => v.AttributeId, (a, v) => new MergeItem(MergeThing.Attribute, 0, AttributeValue.ToShown(a, v.Value), fate, a.Name));

    private static IEnumerable<MergeItem> Of(MergeThing thing, string? value, bool moves) =>
        value is null ? [] : [new(thing, 0, value.Length == 0 ? null : value, moves ? MergeFate.Moves : MergeFate.StaysBehind)];
}
