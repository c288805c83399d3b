using System.Globalization;
using System.Net.Mail;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Accounts;

public enum UserStatus
{
    Active = 1,
    Disabled = 2,
}

/// <summary>What the list asks for.</summary>
/// <param name="Text">What a person has at hand: user id, phone, e-mail, open id, account id, or the beginning of a nickname.</param>
/// <param name="Origin">The source that made the user; null for all.</param>
/// <param name="Page">From 1.</param>
public sealed record UserQuery(string? Text = null, UserStatus? Status = null, int? Origin = null, int Page = 1, int PageSize = 50)
{
    public const int MaxPageSize = 200;
}

/// <summary>A line of the list. Phone and e-mail are masked for everybody: a list stands on shared screens.</summary>
public sealed record UserRow(UserId Id, string? Nickname, string? Phone, string? Email, int Origin, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

/// <summary>One user as the console shows them.</summary>
/// <param name="User">Phone and e-mail in full from <see cref="Role.Operator"/> on, who calls people back; masked below.</param>
/// <param name="AccountName">As the phone: masked below <see cref="Role.Operator"/>.</param>
/// <param name="PhoneZone">Of the phone, such as <c>+86</c>.</param>
/// <param name="MergedInto">The user who goes on as this person, or null.</param>
/// <param name="Version">What a save of these fields must still find.</param>
/// <param name="Attributes">Canonical texts by attribute id, also of attributes that the schema no longer has; masked as the phone is.</param>
public sealed record UserCard(
    UserRow User, Guid AccountId, string? AccountName, string? PhoneZone, int Gender, bool HasPassword, UserId? MergedInto, int Version,
    IReadOnlyList<IdentityRow> Identities, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Null for a user whom no app's server made.</summary>
    public MadeByServer? Made { get; init; }
}

/// <summary>What an app's server said of a user whom it made (seed 000, createForClient).</summary>
/// <param name="Source">Seed 000's EnumAccountSourceType, 0 to 9.</param>
/// <param name="PhoneUnverified">Nobody has proved yet that the phone is this user's: see <see cref="AccountDetail.UnverifiedPhone"/>.</param>
public sealed record MadeByServer(int Source, bool PhoneUnverified, bool EmailUnverified);

/// <param name="Issuer">The third party's app, where open ids are one an app; else empty.</param>
public sealed record IdentityRow(long Id, int Source, string Issuer, string OpenId, string? UnionId, string? Nickname, DateTimeOffset BoundAt);

/// <param name="Total">Exact up to <see cref="UserService.CountLimit"/>; that number means: at least so many.</param>
public sealed record UserPage(IReadOnlyList<UserRow> Rows, int Total);

/// <summary>Finds users for the console. Lists are paged in the database; nothing loads whole.</summary>
public sealed class UserService(Store store, ProjectCatalog projects)
{
    /// <summary>A list counts no further: nobody pages to row 100,000, and counting a million rows is felt.</summary>
    public const int CountLimit = 100_000;

    public async Task<Outcome<UserPage>> ListAsync(Actor actor, EnvironmentId id, UserQuery query, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var size = Math.Clamp(query.PageSize, 1, UserQuery.MaxPageSize);
        var page = Math.Clamp(query.Page, 1, CountLimit / size);
        return await store.ReadAsync<Outcome<UserPage>>(environment.Value.Scope, async db =>
        {
            var users = await MatchingAsync(db, query, cancellation);
            var total = await users.Take(CountLimit).CountAsync(cancellation);
            return new UserPage(await RowsAsync(users, (page - 1) * size, size, cancellation), total);
        });
    }

    /// <summary>As the list finds them, without counting: for what asks at every key. The newest first.</summary>
    public async Task<Outcome<IReadOnlyList<UserRow>>> FindAsync(Actor actor, EnvironmentId id, string text, int limit, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        return environment.Ok
            ? Outcome.Of(await store.ReadAsync(environment.Value.Scope, async db =>
                await RowsAsync(await MatchingAsync(db, new(text), cancellation), 0, limit, cancellation)))
            : environment.Fault;
    }

    public async Task<Outcome<UserCard>> CardAsync(Actor actor, EnvironmentId id, UserId user)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var (loaded, detail) = await store.ReadAsync(environment.Value.Scope, async db =>
            (await ProfileReader.LoadAsync(db, user), await db.Set<AccountDetail>().FirstOrDefaultAsync(d => d.UserId == user)));
        if (loaded is not { } profile)
        {
            return FaultKind.UnknownUser;
        }

        var (person, full) = (profile.User, actor.May(Role.Operator, environment.Value.ProjectId.Value));
        return new UserCard(
            Row(person, full), person.AccountId, full ? person.AccountName : Masked(person.AccountName), person.PhoneZone, person.Gender, profile.HasPassword,
            person.MergedInto, person.Version, [.. profile.Identities.Select(i => new IdentityRow(i.Id, i.Source, i.Issuer, i.OpenId, i.UnionId, i.Nickname, i.BoundAt))],
            full ? profile.Attributes : profile.Attributes.ToDictionary(a => a.Key, a => Mask.Of(a.Value)))
        {
            // What is not the user's address any more says nothing of the one that is.
            Made = detail is null ? null : new(
                detail.Source, person.Phone is not null && detail.UnverifiedPhone == person.Phone, person.Email is not null && detail.UnverifiedEmail == person.Email),
        };
    }

    private static async Task<IReadOnlyList<UserRow>> RowsAsync(IQueryable<User> users, int skip, int take, CancellationToken cancellation) =>
        (await users.OrderByDescending(u => u.Id).Skip(skip).Take(take).ToListAsync(cancellation)).ConvertAll(user => Row(user, full: false));

    private static UserRow Row(User user, bool full) => new(
        user.Id, user.Nickname, full ? user.Phone : Masked(user.Phone), full ? user.Email : Masked(user.Email), user.Origin, user.CreatedAt, user.DisabledAt);

    private static string? Masked(string? value) => value is null ? null : Mask.Of(value);

    private static IQueryable<User> Filtered(ConsoleDb db, UserQuery query)
    {
        var users = db.Set<User>().AsQueryable();
        users = query.Status switch
        {
            UserStatus.Active => users.Where(u => u.DisabledAt == null),
            UserStatus.Disabled => users.Where(u => u.DisabledAt != null),
            null => users,
        };
        return query.Origin is { } origin ? users.Where(u => u.Origin == origin) : users;
    }

    /// <summary>What a person has at hand names one user, each kind by its own index; only what names nobody is the beginning of a nickname.</summary>
    internal static async Task<IQueryable<User>> MatchingAsync(ConsoleDb db, UserQuery query, CancellationToken cancellation)
    {
        var users = Filtered(db, query);
        var text = query.Text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return users;
        }

        var named = await NamedAsync(db, text, cancellation);
        return named.Count > 0 ? users.Where(u => named.Contains(u.Id)) : Beginning(db, users, text);
    }

    /// <summary>
    /// SQLite's LIKE heeds no index; its order is that of code points, so a beginning is a span of the index, which ends with
    /// the last code point there is. PostgreSQL orders by language, and knows what to do with LIKE.
    /// </summary>
    private static IQueryable<User> Beginning(ConsoleDb db, IQueryable<User> users, string text)
    {
        var end = text + "\U0010FFFF";
        return db.Database.IsSqlite()
            ? users.Where(u => u.Nickname!.CompareTo(text) >= 0 && u.Nickname!.CompareTo(end) <= 0)
            : users.Where(u => u.Nickname!.StartsWith(text));
    }

    private static async Task<List<UserId>> NamedAsync(ConsoleDb db, string text, CancellationToken cancellation)
    {
        var named = await db.Set<Identity>().Where(i => i.OpenId == text).Select(i => i.UserId).Take(UserQuery.MaxPageSize).ToListAsync(cancellation);
        var exact = MailAddress.TryCreate(text, out _) ? ByEmail(db, text.ToLowerInvariant())
            : Guid.TryParse(text, out var account) ? db.Set<User>().Where(u => u.AccountId == account)
            : ByNumber(db, text);
        named.AddRange(await exact.Select(u => u.Id).ToListAsync(cancellation));
        return named;
    }

    private static IQueryable<User> ByEmail(ConsoleDb db, string email) => db.Set<User>().Where(u => u.Email == email);

    private static IQueryable<User> ByNumber(ConsoleDb db, string text)
    {
        var id = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? UserId.Of(number) : default;
        var phone = PhoneNumber.Parse(text)?.E164 ?? text;
        return db.Set<User>().Where(u => u.Id == id || u.Phone == phone);
    }
}
