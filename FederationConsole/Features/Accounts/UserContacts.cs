using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Accounts;

/// <summary>Phones and e-mails, by which a person is found and to which each may be given once in an environment.</summary>
public static class UserContacts
{
    /// <summary>Who goes on as the person with this phone (E.164) or e-mail (lower case); the phone is asked first.</summary>
    public static async Task<User?> FindAsync(ConsoleDb db, string? phone, string? email)
    {
        var found = phone is not null
            ? await db.Set<User>().FirstOrDefaultAsync(u => u.Phone == phone)
            : email is not null ? await db.Set<User>().FirstOrDefaultAsync(u => u.Email == email) : null;
        return found is null ? null : await UserDirectory.FollowAsync(db, found);
    }

    private const string VerifiedHolders = """
        SELECT u."Id", u."MergedInto" FROM "Users" u WHERE u."EnvironmentId" = @p0 AND u."Phone" = @p1
        AND NOT EXISTS (SELECT 1 FROM "AccountDetails" d WHERE d."UserId" = u."Id" AND d."UnverifiedPhone" = u."Phone")
        UNION ALL SELECT u."Id", u."MergedInto" FROM "Users" u WHERE u."EnvironmentId" = @p0 AND u."Email" = @p2
        AND NOT EXISTS (SELECT 1 FROM "AccountDetails" d WHERE d."UserId" = u."Id" AND d."UnverifiedEmail" = u."Email")
        """;

    /// <summary>
    /// Inside the caller's write, who goes on as the person with this phone (E.164) or else this e-mail (lower case), as far as they proved
    /// that it is theirs. By one prepared statement: every registration asks.
    /// </summary>
    public static async Task<UserId?> FindVerifiedAsync(ConsoleDb db, string? phone, string? email)
    {
        var holders = await db.RunAsync(
            VerifiedHolders, static row => (User: UserId.Of(row.GetInt64(0)), Merged: !row.IsDBNull(1)), db.EnvironmentId.Value, phone ?? "", email ?? "");
        return holders.Count == 0 ? null
            : !holders[0].Merged ? holders[0].User
            : (await UserDirectory.FollowAsync(db, await db.Set<User>().FirstAsync(u => u.Id == holders[0].User))).Id;
    }

    /// <summary>As part of the caller's write. <see cref="FaultKind.PhoneTaken"/> when somebody else has it.</summary>
    public static async Task<Outcome> SetPhoneAsync(ConsoleDb db, User user, PhoneNumber phone, Actor actor)
    {
        if (await db.Set<User>().AnyAsync(u => u.Phone == phone.E164 && u.Id != user.Id))
        {
            return FaultKind.PhoneTaken;
        }

        (user.Phone, user.PhoneZone) = (phone.E164, phone.Zone);
        Record(db, user, "user.phone_changed", actor);
        return Outcome.Done;
    }

    /// <summary>As part of the caller's write. <see cref="FaultKind.EmailTaken"/> when somebody else has it.</summary>
    /// <param name="email">Lower case.</param>
    public static async Task<Outcome> SetEmailAsync(ConsoleDb db, User user, string email, Actor actor)
    {
        if (await db.Set<User>().AnyAsync(u => u.Email == email && u.Id != user.Id))
        {
            return new Fault(FaultKind.EmailTaken, null, AccountTexts.EmailOfAnother);
        }

        user.Email = email;
        Record(db, user, "user.email_changed", actor);
        return Outcome.Done;
    }

    private static void Record(ConsoleDb db, User user, string what, Actor actor)
    {
        user.Version++;
        db.Audit(actor, what, "user", user.Id.ToString());
        db.Publish(what, user.Id, JsonColumn.Text(new { user_id = user.Id.Value }));
        db.Signal(UserDirectory.Topic, user.Id.Value);
    }
}
