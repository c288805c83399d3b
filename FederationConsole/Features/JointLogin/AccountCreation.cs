using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.JointLogin;

/// <summary>Somebody whom an app's server knows (seed 000, createForClient), every field checked by itself.</summary>
/// <param name="Email">Lower case.</param>
/// <param name="Gender">0 unknown, 1 male, 2 female.</param>
/// <param name="Source">EnumAccountSourceType, 0 to 9.</param>
/// <param name="PhoneVerified">The app vouches that the phone is this person's.</param>
/// <param name="Details">All other values, none empty, by the identifier that an attribute for them has (<c>full_name</c>).</param>
public sealed record NewAccount(
    string? AccountName, PhoneNumber? Phone, string? Email, string? Nickname, string? AvatarUrl, int Gender, string? Password, int Source,
    bool PhoneVerified, bool EmailVerified, IReadOnlyDictionary<string, string> Details);

public sealed record CreatedAccount(User User, bool IsNew);

/// <summary>Makes users on the word of an app's server, or finds those that are there.</summary>
public sealed class AccountCreation(Store store, UserPasswords passwords, AttributeCatalog attributes)
{
    public const string AccountNameField = "accountName";
    public const string EmailField = "email";
    public const string MobileField = "mobile";

    /// <summary>Between the fields of <see cref="FaultKind.Taken"/> that lead to different users.</summary>
    public const string Apart = " / ";

    /// <summary>
    /// Found by any of account name, e-mail and phone; then nothing of the user is changed. Two calls at once make one user. Faults:
    /// <see cref="FaultKind.WayNotOffered"/>, <see cref="FaultKind.WeakPassword"/>, <see cref="FaultKind.Taken"/> (the three lead to different
    /// users, or another user has the value of a unique attribute: the field says which), <see cref="FaultKind.TooMany"/> (passwords).
    /// </summary>
    public async Task<Outcome<CreatedAccount>> CreateAsync(AppEntry app, NewAccount person, Actor actor, CancellationToken cancellation)
    {
        var environment = app.Environment;
        var weak = person.Password is { } typed ? UserPasswords.Check("password", typed, environment.Policies) : null;
        if ((environment.RefuseOwnAccounts() ?? weak) is { } refused)
        {
            return refused;
        }

        // Most calls are about people who are there: they pay for no write, and for no hash.
        var known = await store.ReadAsync(environment.Scope, db => FindAsync(db, person));
        if (known.Found is not null || known.Fault is not null)
        {
            return Answer(known);
        }

        HashedPassword? hashed = null;
        if (person.Password is { } password)
        {
            var hash = await passwords.HashAsync("password", password, environment.Policies, cancellation);
            if (!hash.Ok)
            {
                return hash.Fault;
            }

            hashed = hash.Value;
        }

        var schema = attributes.Of(environment.Id);
        return await store.WriteAsync<Outcome<CreatedAccount>>(environment.Scope, async db =>
        {
            var again = await FindAsync(db, person);
            return again.Found is not null || again.Fault is not null ? Answer(again) : await MakeAsync(db, person, schema, hashed, actor);
        });
    }

    private static Outcome<CreatedAccount> Answer(Search search) => search.Fault is { } fault ? fault : new CreatedAccount(search.Found!, false);

    private static async Task<Outcome<CreatedAccount>> MakeAsync(ConsoleDb db, NewAccount person, SchemaInForce schema, HashedPassword? password, Actor actor)
    {
        var user = new UserFields(person.AccountName, person.Phone, person.Email, person.Nickname, person.Gender).Make(db, User.OwnOrigin);
        user.AvatarUrl = person.AvatarUrl;
        db.Add(user);
        foreach (var (id, text) in person.Details)
        {
            // What the schema has no attribute for, or one that does not allow it, is kept as values of removed attributes are: out of sight.
            var attribute = schema.Find(id);
            var value = attribute is null ? text : Typed(attribute, text) ?? text;
            if (attribute is { Unique: true } && await UserAttributes.IsTakenAsync(db, id, value, user.Id))
            {
                return new Fault(FaultKind.Taken, id);
            }

            db.Add(UserAttributes.NewRow(user.Id, id, value));
        }

        var (phone, email) = (person.PhoneVerified ? null : user.Phone, person.EmailVerified ? null : user.Email);
        if (person.Source != 0 || phone is not null || email is not null)
        {
            db.Add(new AccountDetail { UserId = user.Id, Source = person.Source, UnverifiedPhone = phone, UnverifiedEmail = email });
        }

        if (password is not null)
        {
            await UserPasswords.SetAsync(db, user.Id, password);
        }

        db.Audit(actor, "user.created", "user", user.Id.ToString());
        db.Publish("user.created", user.Id, JsonColumn.Text(new { user_id = user.Id.Value, source = User.OwnOrigin }));
        db.Signal(UserDirectory.CreatedTopic, user.Id.Value);
        return new CreatedAccount(user, true);
    }

    /// <summary>The canonical text if the attribute allows it, by an option's label too: the seed's fields are free texts. Null otherwise.</summary>
    private static string? Typed(AttributeDefinition attribute, string text)
    {
        if (AttributeValue.ReadTyped(attribute, text) is { Ok: true, Value: { Length: > 0 } value })
        {
            return value;
        }

        var option = attribute.Options.FirstOrDefault(o => string.Equals(o.Label, text, StringComparison.OrdinalIgnoreCase));
        return option is not null && AttributeValue.ReadTyped(attribute, option.Code) is { Ok: true } labelled ? labelled.Value : null;
    }

    private static async Task<Search> FindAsync(ConsoleDb db, NewAccount person)
    {
        var (account, email, phone) = (person.AccountName, person.Email, person.Phone?.E164);
        List<(string Field, User User)> found = [];
        await AddAsync(AccountNameField, account is null ? null : db.Set<User>().Where(u => u.AccountName == account));
        await AddAsync(EmailField, email is null ? null : db.Set<User>().Where(u => u.Email == email));
        await AddAsync(MobileField, phone is null ? null : db.Set<User>().Where(u => u.Phone == phone));
        var people = found.GroupBy(f => f.User.Id).ToList();
        return people.Count > 1
            ? new(null, new Fault(FaultKind.Taken, string.Join(Apart, people.Select(p => string.Join(", ", p.Select(f => f.Field))))))
            : new(people.FirstOrDefault()?.First().User, null);

        async Task AddAsync(string field, IQueryable<User>? users)
        {
            if (users is not null && await users.FirstOrDefaultAsync() is { } user)
            {
                found.Add((field, await UserDirectory.FollowAsync(db, user)));
            }
        }
    }

    private sealed record Search(User? Found, Fault? Fault);
}
