using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.JointLogin;

/// <summary>What the browser brings to autoLogin, as it came.</summary>
/// <param name="Uid">The AccountId.</param>
/// <param name="InFragment">The token goes behind <c>#</c>, where no server and no Referer sees it.</param>
public sealed record AutoLogin(string Uid, string Code, string Returl, bool InFragment, string? Address, string? Client, string RequestId);

/// <param name="Target">The address to go to, with the token.</param>
public sealed record AutoLoggedIn(IssuedSession Session, string Target);

/// <summary>A link as an administrator wants it.</summary>
public sealed record LinkWish(AppId App, UserId User, string Returl, bool InFragment);

/// <summary>An exchange as the console shows it.</summary>
public sealed record Exchange(
    long Id, string App, UserId User, string? Nickname, string? Administrator, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RedeemedAt,
    string? Address, string? Site);

/// <summary>Login codes of users (seed 000): made for an app's server, redeemed by the browser that it sends here.</summary>
public sealed class JointCodes(
    Store store, ProjectCatalog projects, SessionService sessions, HostNames hosts, SignInCounters counters, SignInTraces traces, TimeProvider clock)
{
    public const string CodeField = "code";
    public const string ReturlField = "returl";

    /// <summary>Rows of a list of recent exchanges.</summary>
    public const int Recent = 50;

    private const int CodeLength = 43;

    /// <summary>A code for a user of the app's environment. Faults: <see cref="FaultKind.WayNotOffered"/>, <see cref="FaultKind.UnknownUser"/>, <see cref="FaultKind.UserDisabled"/>.</summary>
    /// <param name="accountId">A GUID in any of its forms; one from before a merge leads to who goes on.</param>
    public async Task<Outcome<string>> IssueAsync(AppEntry app, string accountId) =>
        app.Environment.RefuseOwnAccounts() is { } notOffered ? notOffered
        : !Guid.TryParse(accountId, out var account) ? FaultKind.UnknownUser
        : await IssueAsync(app, account, null);

    /// <summary>
    /// A whole link by an administrator, who tries the way: a real login of a real person, so it is audited. Faults besides:
    /// <see cref="FaultKind.Invalid"/> (the return address), <see cref="FaultKind.NotFound"/>, <see cref="FaultKind.AppNotEnabled"/>.
    /// </summary>
    /// <param name="ownHost">Where this host is reached, where neither the environment nor the host names a Conf host.</param>
    public async Task<Outcome<string>> MakeLinkAsync(Actor actor, EnvironmentId id, LinkWish wish, Uri ownHost)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if ((environment.Fault ?? environment.Value!.RefuseOwnAccounts()) is { } refused)
        {
            return refused;
        }

        if (projects.App(wish.App, id) is not { } app)
        {
            return FaultKind.NotFound;
        }

        if (!app.ServiceEnabled)
        {
            return FaultKind.AppNotEnabled;
        }

        if (ReturnUrls.Find(app.Environment.ReturnUrls, wish.Returl) is null)
        {
            return NotListed;
        }

        var user = wish.User;
        var account = await store.ReadAsync(app.Environment.Scope, db => db.Set<User>().Where(u => u.Id == user).Select(u => u.AccountId).FirstOrDefaultAsync());
        var code = await IssueAsync(app, account, actor);
        return code.Ok
            ? $"{new Uri(hosts.Conf(app.Environment) ?? ownHost, "/home/autoLogin.html")}?uid={account}&code={code.Value}&returl={Uri.EscapeDataString(wish.Returl)}{(wish.InFragment ? "&token_in=fragment" : "")}"
            : code.Fault;
    }

    /// <summary>
    /// Whether a link may lead to this address, before its code is spent: <see cref="FaultKind.UnknownUser"/>, <see cref="FaultKind.Invalid"/>
    /// (the return address).
    /// </summary>
    public async Task<Outcome> CheckAsync(string uid, string returl) =>
        !Guid.TryParse(uid, out var account) || await EnvironmentAsync(account) is not { } environment ? FaultKind.UnknownUser
        : ReturnUrls.Find(environment.ReturnUrls, returl) is null ? NotListed
        : Outcome.Done;

    /// <summary>
    /// Once, within five minutes, for the user that it was made for. Faults: <see cref="FaultKind.NotFound"/> (the code, or for another user),
    /// <see cref="FaultKind.Invalid"/> (the return address; the code stays good), <see cref="FaultKind.UserDisabled"/>,
    /// <see cref="FaultKind.AppNotEnabled"/>, <see cref="FaultKind.WayNotOffered"/>. A login like any other: counted, and traced. A code
    /// that is unknown is nobody's.
    /// </summary>
    public async Task<Outcome<AutoLoggedIn>> RedeemAsync(AutoLogin asked)
    {
        if (asked.Code.Length != CodeLength || !Guid.TryParse(asked.Uid, out var account))
        {
            return Unknown;
        }

        var story = new SignInStory(traces, clock, new SignInTrace { RequestId = asked.RequestId, Call = TraceCall.JointLogin, Address = asked.Address });
        var hash = Tokens.Hash(asked.Code);
        // The code itself tells the environment.
        var found = await store.ReadAsync(Scope.Host, db => db.Set<JointCode>().IgnoreQueryFilters().FirstOrDefaultAsync(c => c.Hash == hash));
        if (found is null || projects.App(found.AppId, found.EnvironmentId) is not { } app)
        {
            return Unknown;
        }

        story.Begin(app.Environment.Id, app.AppKey);
        var done = await RedeemAsync(app, hash, account, asked);
        counters.Count(app.Environment.Id, 0, done.Fault?.Kind, isNew: false);
        story.End(done.Fault, done.Value?.Session.UserId ?? found.UserId);
        return done;
    }

    /// <summary>The newest exchanges of an environment.</summary>
    public async Task<Outcome<IReadOnlyList<Exchange>>> RecentAsync(Actor actor, EnvironmentId id)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var rows = await store.ReadAsync(environment.Value.Scope, db => db.Set<JointCode>()
            .OrderByDescending(c => c.Id).Take(Recent)
            .Join(db.Set<User>(), c => c.UserId, u => u.Id, (code, user) => new { code, user.Nickname })
            .OrderByDescending(row => row.code.Id).ToListAsync());
        return Outcome.Of<IReadOnlyList<Exchange>>(rows.ConvertAll(row => new Exchange(
            row.code.Id, projects.App(row.code.AppId, id)?.Name ?? row.code.AppId.ToString(), row.code.UserId, row.Nickname, row.code.Administrator, row.code.CreatedAt,
            row.code.ExpiresAt, row.code.RedeemedAt, row.code.Address, row.code.Site)));
    }

    private static Fault Unknown => new(FaultKind.NotFound, CodeField);

    private static Fault NotListed => new(FaultKind.Invalid, ReturlField);

    private Task<Outcome<string>> IssueAsync(AppEntry app, Guid account, Actor? administrator) => store.WriteAsync<Outcome<string>>(app.Environment.Scope, async db =>
    {
        if (await FindAsync(db, account) is not { } user)
        {
            return FaultKind.UnknownUser;
        }

        if (user.DisabledAt is not null)
        {
            return FaultKind.UserDisabled;
        }

        var code = Tokens.New();
        db.Add(new JointCode
        {
            Id = db.NextId(), AppId = app.Id, UserId = user.Id, Hash = Tokens.Hash(code), Administrator = administrator?.Name,
            CreatedAt = db.Now, ExpiresAt = db.Now + JointCode.Life,
        });
        if (administrator is not null)
        {
            db.Audit(administrator, "joint_login.link_made", "user", user.Id.ToString());
        }

        return code;
    });

    private async Task<Outcome<AutoLoggedIn>> RedeemAsync(AppEntry app, byte[] hash, Guid account, AutoLogin asked)
    {
        if ((app.ServiceEnabled ? app.Environment.RefuseOwnAccounts() : new Fault(FaultKind.AppNotEnabled)) is { } refused)
        {
            return refused;
        }

        if (ReturnUrls.Find(app.Environment.ReturnUrls, asked.Returl) is not { } returl)
        {
            return NotListed;
        }

        var session = await store.WriteAsync(app.Environment.Scope, db => RedeemAsync(db, app, hash, account, asked));
        return session.Ok
            ? new AutoLoggedIn(session.Value, ReturnUrls.With(returl, "token", session.Value.AccessToken, asked.InFragment))
            : session.Fault;
    }

    private async Task<Outcome<IssuedSession>> RedeemAsync(ConsoleDb db, AppEntry app, byte[] hash, Guid account, AutoLogin asked)
    {
        var now = db.Now;
        var redeemed = await db.Set<JointCode>().Where(c => c.Hash == hash && c.RedeemedAt == null && c.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now).SetProperty(c => c.Address, asked.Address));
        if (redeemed != 1)
        {
            return Unknown;
        }

        var code = await db.Set<JointCode>().AsNoTracking().FirstAsync(c => c.Hash == hash);
        // Both may have been merged since. A fault undoes the update: a link with another's uid spends nothing.
        var user = await UserDirectory.FollowAsync(db, await db.Set<User>().FirstAsync(u => u.Id == code.UserId));
        if ((await FindAsync(db, account))?.Id != user.Id)
        {
            return Unknown;
        }

        var issued = await sessions.IssueAsync(db, user.Id, new(app.Id, 0, "", asked.Address, asked.Client), app.Environment.Policies);
        if (issued.Ok)
        {
            var session = issued.Value.Id;
            await db.Set<JointCode>().Where(c => c.Hash == hash).ExecuteUpdateAsync(set => set.SetProperty(c => c.SessionId, session));
        }

        return issued;
    }

    private static async Task<User?> FindAsync(ConsoleDb db, Guid account) =>
        await db.Set<User>().FirstOrDefaultAsync(u => u.AccountId == account) is { } user ? await UserDirectory.FollowAsync(db, user) : null;

    private async Task<EnvironmentEntry?> EnvironmentAsync(Guid account)
    {
        var id = await store.ReadAsync(Scope.Host, db =>
            db.Set<User>().IgnoreQueryFilters().Where(u => u.AccountId == account).Select(u => u.EnvironmentId).FirstOrDefaultAsync());
        return projects.Environment(id);
    }
}
