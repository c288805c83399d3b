using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Users;

/// <summary>Users as administrators make and change them. Needs <see cref="Role.Operator"/>.</summary>
public sealed class UserEditor(Store store, ProjectCatalog projects, UserPasswords passwords, UserAttributes userAttributes)
{
    private static readonly Dictionary<string, string?> NoAttributes = [];

    /// <summary>
    /// A user of our own (source 0). Faults: <see cref="FaultKind.Invalid"/> and <see cref="FaultKind.Missing"/> (no phone, no e-mail
    /// and no account name) with the field, <see cref="FaultKind.WeakPassword"/>, <see cref="FaultKind.TooMany"/>,
    /// <see cref="FaultKind.PhoneTaken"/>, <see cref="FaultKind.EmailTaken"/>, <see cref="FaultKind.Taken"/> (the account name); those of
    /// <see cref="UserAttributes"/> with the attribute's id.
    /// </summary>
    /// <param name="password">The first one; null or empty for none.</param>
    /// <param name="attributes">As typed, by id; the required ones are asked for.</param>
    public async Task<Outcome<UserId>> CreateAsync(
        Actor actor, EnvironmentId id, UserInput input, string? password, IReadOnlyDictionary<string, string?>? attributes = null, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var (fields, faults) = UserFields.Read(input);
        if (faults.Count > 0)
        {
            return faults[0];
        }

        if (!fields.HasName)
        {
            return new Fault(FaultKind.Missing, nameof(UserInput.Phone));
        }

        var given = userAttributes.ReadTyped(id, attributes ?? NoAttributes);
        if (!given.Ok)
        {
            return given.Fault;
        }

        HashedPassword? hashed = null;
        if (!string.IsNullOrEmpty(password))
        {
            var hash = await passwords.HashAsync("Password", password, environment.Value.Policies, cancellation);
            if (!hash.Ok)
            {
                return hash.Fault;
            }

            hashed = hash.Value;
        }

        return await store.WriteAsync<Outcome<UserId>>(environment.Value.Scope, async db =>
        {
            if (await fields.TakenAsync(db) is { } taken)
            {
                return taken;
            }

            var user = fields.Make(db, User.OwnOrigin);
            db.Add(user);
            if (hashed is not null)
            {
                await UserPasswords.SetAsync(db, user.Id, hashed);
            }

            var made = await UserAttributes.MakeAsync(db, user.Id, given.Value);
            if (!made.Ok)
            {
                return made.Fault;
            }

            Made(db, actor, user, "user.created");
            return user.Id;
        });
    }

    /// <summary>
    /// What changes nothing writes nothing. Faults as <see cref="CreateAsync"/>, and <see cref="FaultKind.UnknownUser"/>,
    /// <see cref="FaultKind.NotAllowedNow"/> (merged away), <see cref="FaultKind.Changed"/> (no longer that version),
    /// <see cref="FaultKind.LastWayIn"/> (nobody could sign in as this user any more).
    /// </summary>
    /// <param name="attributes">As typed, by id, those alone that are to be written; none touches none.</param>
    public async Task<Outcome> SaveAsync(
        Actor actor, EnvironmentId id, UserId userId, UserInput input, int version, IReadOnlyDictionary<string, string?>? attributes = null)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var (fields, faults) = UserFields.Read(input);
        if (faults.Count > 0)
        {
            return faults[0];
        }

        var given = userAttributes.ReadTyped(id, attributes ?? NoAttributes);
        if (!given.Ok)
        {
            return given.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == userId) is not { } user)
            {
                return FaultKind.UnknownUser;
            }

            if (user.MergedInto is not null)
            {
                return FaultKind.NotAllowedNow;
            }

            var fault = user.Version != version ? FaultKind.Changed
                : await fields.TakenAsync(db, userId) is { } taken ? taken
                : await LocksOutAsync(db, user, fields) ? FaultKind.LastWayIn
                : (Fault?)null;
            if (fault is not null)
            {
                return fault;
            }

            var changed = await UserAttributes.ApplyAsync(db, userId, given.Value);
            return changed.Ok ? Change(db, actor, user, fields, changed.Value) : changed.Fault;
        });
    }

    /// <summary>What is told of a new user: who made them, and to the receivers where they come from.</summary>
    internal static void Made(ConsoleDb db, Actor actor, User user, string action)
    {
        db.Audit(actor, action, "user", user.Id.ToString());
        db.Publish("user.created", user.Id, JsonColumn.Text(new { user_id = user.Id.Value, source = user.Origin }));
        db.Signal(UserDirectory.CreatedTopic, user.Id.Value);
    }

    private static Outcome Change(ConsoleDb db, Actor actor, User user, UserFields fields, IReadOnlyList<string> attributes)
    {
        var phone = user.Phone != fields.Phone?.E164;
        var email = user.Email != fields.Email;
        List<string> others =
        [
            .. user.AccountName != fields.AccountName ? (string[])["account_name"] : [],
            .. user.Nickname != fields.Nickname ? (string[])["nickname"] : [],
            .. user.Gender != fields.Gender ? (string[])["gender"] : [],
            .. attributes,
        ];
        if (!phone && !email && others.Count == 0)
        {
            return Outcome.Done;
        }

        (user.Phone, user.PhoneZone, user.Email) = (fields.Phone?.E164, fields.Phone?.Zone, fields.Email);
        (user.AccountName, user.Nickname, user.Gender) = (fields.AccountName, fields.Nickname, fields.Gender);
        user.Version++;
        db.Audit(actor, "user.updated", "user", user.Id.ToString());
        if (phone)
        {
            db.Publish("user.phone_changed", user.Id, JsonColumn.Text(new { user_id = user.Id.Value }));
        }

        if (email)
        {
            db.Publish("user.email_changed", user.Id, JsonColumn.Text(new { user_id = user.Id.Value }));
        }

        if (others.Count > 0)
        {
            db.Publish("user.updated", user.Id, JsonColumn.Text(new { user_id = user.Id.Value, fields = others }));
        }

        db.Signal(UserDirectory.Topic, user.Id.Value);
        return Outcome.Done;
    }

    /// <summary>The last name goes, and there is no identity: the password would go with nothing.</summary>
    private static async Task<bool> LocksOutAsync(ConsoleDb db, User user, UserFields fields)
    {
        if (fields.HasName || (user.Phone ?? user.Email ?? user.AccountName) is null)
        {
            return false;
        }

        var person = await UserIdentities.PersonAsync(db, user.Id);
        return !await db.Set<Identity>().AnyAsync(i => person.Contains(i.UserId));
    }
}
