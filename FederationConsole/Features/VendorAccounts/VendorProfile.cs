using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>What a vendor's user info leaves with a user, beside what the directory did. Runs inside the login's write.</summary>
internal static class VendorProfile
{
    /// <param name="identity">Its phone is there only if the project vouches for the vendor's mobiles.</param>
    /// <param name="mobile">The same number, with its zone apart.</param>
    public static async Task SettleAsync(ConsoleDb db, FoundUser found, VerifiedIdentity identity, PhoneNumber? mobile, Actor actor)
    {
        // Found among what this write tracks: one who was just made is not in the database yet.
        var user = (await db.Set<User>().FindAsync(found.Id))!;
        if (!found.IsNew)
        {
            FillBlanks(db, user, identity, actor);
        }

        if (identity.Phone is not null && user.Phone is null)
        {
            await GivePhoneAsync(db, user, mobile!.Value, actor);
        }
    }

    private static void FillBlanks(ConsoleDb db, User user, VerifiedIdentity identity, Actor actor)
    {
        var fields = new List<string>();
        if (user.Nickname is null && identity.Nickname is not null)
        {
            user.Nickname = identity.Nickname;
            fields.Add("nickname");
        }

        if (user.AvatarUrl is null && identity.AvatarUrl is not null)
        {
            user.AvatarUrl = identity.AvatarUrl;
            fields.Add("avatar");
        }

        if (user.Gender == 0 && identity.Gender != 0)
        {
            user.Gender = identity.Gender;
            fields.Add("gender");
        }

        if (fields.Count > 0)
        {
            user.Version++;
            db.Audit(actor, "user.updated", "user", user.Id.ToString());
            db.Publish("user.updated", user.Id, JsonColumn.Text(new { user_id = user.Id.Value, fields }));
            db.Signal(UserDirectory.Topic, user.Id.Value);
        }
    }

    /// <summary>One that another person has stays theirs; that the two may be one stands in 账号合并.</summary>
    private static async Task GivePhoneAsync(ConsoleDb db, User user, PhoneNumber phone, Actor actor)
    {
        if (await UserContacts.FindAsync(db, phone.E164, null) is not { } holder)
        {
            await UserContacts.SetPhoneAsync(db, user, phone, actor);
        }
        else if (await UserPair.AddAsync(db, user.Id, holder.Id, User.VendorOrigin) is { } pair)
        {
            db.Audit(actor, "user.pair_found", "user", user.Id.ToString());
            db.Signal(UserPair.Topic, pair);
        }
    }
}
