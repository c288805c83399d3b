using FederationConsole.Data;
using FederationConsole.Features.Accounts;
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

/// <summary>Identities and passwords from one user to the other and back, inside the merge's write.</summary>
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

        return new(
            moving.ConvertAll(i => i.Id), further, Moved.Print(contacts.Phone), Moved.Print(contacts.Email), Moved.Print(contacts.AccountName),
            plan.PasswordMoves ? plan.GoesPassword!.SetAt.ToUnixTimeMilliseconds() : null, pairs);
    }

    public static async Task MoveBackAsync(ConsoleDb db, Merge merge, User stayed, User gone)
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

        db.RemoveRange(await db.Set<UserPair>().Where(p => moved.Pairs.Contains(p.Id)).ToListAsync());
    }

    private static void GivePassword(ConsoleDb db, PasswordCredential from, UserId to)
    {
        db.Add(new PasswordCredential { UserId = to, Hash = from.Hash, SetAt = from.SetAt });
        db.Remove(from);
    }
}
