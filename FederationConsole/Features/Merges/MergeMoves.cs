using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Merges;

/// <summary>What two rows must not hold at once, on its way from the one to the other; null of what does not go.</summary>
internal sealed record Contacts(string? Phone, string? PhoneZone, string? Email, string? AccountName)
{
    public static Contacts Take(User from, bool phone, bool email, bool accountName)
    {
        var taken = new Contacts(phone ? from.Phone : null, phone ? from.PhoneZone : null, email ? from.Email : null, accountName ? from.AccountName : null);
        (from.Phone, from.PhoneZone) = phone ? (null, null) : (from.Phone, from.PhoneZone);
        (from.Email, from.AccountName) = (email ? null : from.Email, accountName ? null : from.AccountName);
        return taken;
    }

    /// <summary>Only what is still the one that moved.</summary>
    public static Contacts TakeBack(User from, Moved moved) => Take(
        from, moved.Phone is { } phone && phone == Moved.Print(from.Phone), moved.Email is { } email && email == Moved.Print(from.Email),
        moved.AccountName is { } name && name == Moved.Print(from.AccountName));

    public void Give(User to)
    {
        (to.Phone, to.PhoneZone) = Phone is null ? (to.Phone, to.PhoneZone) : (Phone, PhoneZone);
        (to.Email, to.AccountName) = (Email ?? to.Email, AccountName ?? to.AccountName);
    }
}

/// <summary>Identities, passwords and attributes from one user to the other and back, inside the merge's write.</summary>
internal static class MergeMoves
{
    public static Moved Move(ConsoleDb db, MergePlan plan, Contacts contacts, IReadOnlyList<long> pairs)
    {
        var further = plan.Joining.FindAll(i => !i.IsFurther).ConvertAll(i => i.Id);
        List<Identity> moving = [.. plan.Moving, .. plan.Joining];
        moving.ForEach(i => i.UserId = plan.Stays.Id);
        plan.Joining.ForEach(i => i.IsFurther = true);
        if (plan.PasswordMoves)
        {
            GivePassword(db, plan.GoesPassword!, plan.Stays.Id);
        }

        plan.MovingAttributes.ForEach(a => GiveAttribute(db, a, plan.Stays.Id));
        return new(
            moving.ConvertAll(i => i.Id), further, Moved.Print(contacts.Phone), Moved.Print(contacts.Email), Moved.Print(contacts.AccountName),
            plan.PasswordMoves ? plan.GoesPassword!.SetAt.ToUnixTimeMilliseconds() : null, pairs,
            plan.MovingAttributes.ToDictionary(a => a.AttributeId, a => Moved.Print(a.Value)!));
    }

    public static async Task MoveBackAsync(ConsoleDb db, Merge merge, User stayed, User gone, SchemaInForce schema)
    {
        var moved = merge.Moved;
        var held = await db.Set<Identity>().Where(i => i.UserId == stayed.Id).ToListAsync();
        var back = held.FindAll(i => moved.Identities.Contains(i.Id));
        var kept = held.FindAll(i => !i.IsFurther && !back.Contains(i)).ConvertAll(i => i.Source);
        // An open id that was learnt since goes with the identity it belongs to.
        back.AddRange(held.FindAll(i => i.IsFurther && !back.Contains(i) && !kept.Contains(i.Source)));
        foreach (var identity in back)
        {
            identity.UserId = gone.Id;
            identity.IsFurther &= !moved.Further.Contains(identity.Id);
        }

        if (await db.Set<PasswordCredential>().FirstOrDefaultAsync(p => p.UserId == stayed.Id) is { } password && password.SetAt.ToUnixTimeMilliseconds() == moved.PasswordSetAt)
        {
            GivePassword(db, password, gone.Id);
        }

        await MoveAttributesBackAsync(db, moved, stayed, gone, schema);
        db.RemoveRange(await db.Set<UserPair>().Where(p => moved.Pairs.Contains(p.Id)).ToListAsync());
    }

    private static async Task MoveAttributesBackAsync(ConsoleDb db, Moved moved, User stayed, User gone, SchemaInForce schema)
    {
        foreach (var left in await db.Set<UserAttribute>().Where(a => a.UserId == gone.Id).ToListAsync())
        {
            // It was free while its user was gone, and who took it meanwhile keeps it.
            if (schema.Find(left.AttributeId) is { Unique: true } && await UserAttributes.IsTakenAsync(db, left.AttributeId, left.Value, gone.Id))
            {
                db.Remove(left);
            }
        }

        foreach (var value in await db.Set<UserAttribute>().Where(a => a.UserId == stayed.Id).ToListAsync())
        {
            if (moved.Attributes?.GetValueOrDefault(value.AttributeId) is { } print && print == Moved.Print(value.Value))
            {
                GiveAttribute(db, value, gone.Id);
            }
        }
    }

    private static void GiveAttribute(ConsoleDb db, UserAttribute from, UserId to)
    {
        db.Add(UserAttributes.NewRow(to, from.AttributeId, from.Value));
        db.Remove(from);
    }

    private static void GivePassword(ConsoleDb db, PasswordCredential from, UserId to)
    {
        db.Add(new PasswordCredential { UserId = to, Hash = from.Hash, SetAt = from.SetAt });
        db.Remove(from);
    }
}
