using System.Diagnostics;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.SignIn;

/// <summary>A login by password as a face hands it over: by phone or by e-mail.</summary>
/// <param name="AppKey">plugin_id, or null.</param>
/// <param name="Email">Lower case.</param>
/// <param name="Resource">用户登录源, or empty.</param>
public sealed record PasswordCall(
    string CorpId, string? AppKey, PhoneNumber? Phone, string? Email, string Password, string Resource, string? Address, string? Client, string RequestId);

/// <summary>
/// The ways of a user's password (faces.md, Iot; seed 002, 5.1.5): signing in, setting the first one, changing it. Five wrong
/// ones in a minute lock the account for five minutes, also for who is right meanwhile; nobody learns whether an account exists.
/// </summary>
public sealed class PasswordSignIn(ProjectCatalog projects, UserPasswords passwords, SessionService sessions, SignInCounters counters, SignInTraces traces, Store store, TimeProvider clock)
{
    /// <summary>
    /// In the order of faces.md: corp, app, lock, password. A session with the same non-empty resource is ended by this one.
    /// </summary>
    public async Task<Outcome<IssuedSession>> SignInAsync(PasswordCall call, CancellationToken cancellation)
    {
        var story = new SignInStory(traces, clock, new SignInTrace { RequestId = call.RequestId, Call = TraceCall.Password, AppKey = call.AppKey, Address = call.Address });
        var (issued, user) = await SignInAsync(call, story, cancellation);
        story.End(issued.Fault, user);
        return issued;
    }

    private async Task<(Outcome<IssuedSession> Issued, UserId? User)> SignInAsync(PasswordCall call, SignInStory story, CancellationToken cancellation)
    {
        if (projects.ByCorpId(call.CorpId) is not { } environment)
        {
            return (FaultKind.UnknownCorp, null);
        }

        story.Begin(environment.Id);
        if (environment.RefuseOwnAccounts() is { } notOffered)
        {
            return (notOffered, null);
        }

        var app = call.AppKey is { } key ? projects.App(key, environment.Id) : default(Outcome<AppEntry>?);
        if (app?.Fault is { } refused)
        {
            return (refused, null);
        }

        var user = await store.ReadAsync(environment.Scope, db => UserContacts.FindAsync(db, call.Phone?.E164, call.Email));
        var origin = new SessionOrigin(app?.Value?.Id ?? default, 0, call.Resource, call.Address, call.Client);
        var issued = await TryAsync(
            environment.Scope, user?.Id, call.Phone?.E164 ?? call.Email!, call.Password,
            db => sessions.IssueAsync(db, user!.Id, origin, environment.Policies), cancellation);
        counters.Count(environment.Id, 0, issued.Fault?.Kind, isNew: false);
        return (issued, user?.Id);
    }

    /// <summary>
    /// 5.1.5: a user whom a third-party login made sets the first password, once. Faults: <see cref="FaultKind.UnknownUser"/>,
    /// <see cref="FaultKind.NotThirdPartyUser"/>, <see cref="FaultKind.PasswordInitialised"/>, <see cref="FaultKind.WeakPassword"/>.
    /// </summary>
    public async Task<Outcome> InitialiseAsync(CheckedSession session, string password, Actor actor, CancellationToken cancellation)
    {
        var environment = projects.Environment(session.EnvironmentId)!;
        // Asked twice: before the costly hash, and where it counts, in the write.
        if (await store.ReadAsync(environment.Scope, db => MayInitialiseAsync(db, session.UserId)) is { } early)
        {
            return early;
        }

        var hashed = await passwords.HashAsync("password", password, environment.Policies, cancellation);
        return !hashed.Ok ? hashed.Fault : await store.WriteAsync<Outcome>(environment.Scope, async db =>
        {
            if (await MayInitialiseAsync(db, session.UserId) is { } fault)
            {
                return fault;
            }

            await UserPasswords.SetAsync(db, session.UserId, hashed.Value);
            Record(db, session.UserId, "user.password_set", actor);
            return Outcome.Done;
        });
    }

    /// <summary>
    /// Changes the password for who knows the old one; the user's other sessions end. Faults: <see cref="FaultKind.WeakPassword"/>
    /// of the new one, <see cref="FaultKind.Locked"/>, <see cref="FaultKind.PasswordWrong"/>.
    /// </summary>
    public async Task<Outcome> ChangeAsync(CheckedSession session, string oldPassword, string newPassword, Actor actor, CancellationToken cancellation)
    {
        var environment = projects.Environment(session.EnvironmentId)!;
        var hashed = await passwords.HashAsync("new_password", newPassword, environment.Policies, cancellation);
        if (!hashed.Ok)
        {
            return hashed.Fault;
        }

        var changed = await TryAsync<UserId>(environment.Scope, session.UserId, "", oldPassword, async db =>
        {
            await UserPasswords.SetAsync(db, session.UserId, hashed.Value);
            await SessionService.EndAllAsync(db, session.UserId, SessionEnd.PasswordChanged, except: session.Id);
            Record(db, session.UserId, "user.password_changed", actor);
            return session.UserId;
        }, cancellation);
        return changed.Ok ? Outcome.Done : changed.Fault;
    }

    /// <summary>
    /// Does <paramref name="right"/> if the password is right. It is compared outside the write; whether it counts is decided
    /// inside, so that of a hundred guesses at once the first five are answered and the rest meet the lock.
    /// </summary>
    private async Task<Outcome<T>> TryAsync<T>(
        Scope scope, UserId? user, string name, string password, Func<ConsoleDb, Task<Outcome<T>>> right, CancellationToken cancellation)
        where T : notnull
    {
        var account = PasswordTries.Key(user, name);
        if (await store.ReadAsync(scope, db => PasswordTries.RefuseAsync(db, account)) is { } locked)
        {
            return locked;
        }

        var match = await passwords.MatchAsync(scope, user, password, cancellation);
        if (match.Fault is { Kind: not FaultKind.PasswordWrong } busy)
        {
            return busy;
        }

        var tried = await store.WriteAsync<Outcome<Try<T>>>(scope, async db =>
        {
            if (await PasswordTries.RefuseAsync(db, account) is { } late)
            {
                return late;
            }

            if (!match.Ok)
            {
                await PasswordTries.CountAsync(db, account);
                return new Try<T>.Wrong();
            }

            await PasswordTries.ForgetAsync(db, account);
            var done = await right(db);
            return done.Ok ? new Try<T>.Right(done.Value) : done.Fault;
        });
        return tried switch
        {
            { Ok: false, Fault: { } fault } => fault,
            { Value: Try<T>.Right(var value) } => value,
            { Value: Try<T>.Wrong } => FaultKind.PasswordWrong,
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<Fault?> MayInitialiseAsync(ConsoleDb db, UserId id) =>
        await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id) is not { } user ? FaultKind.UnknownUser
        : user.Origin == 0 ? FaultKind.NotThirdPartyUser
        : await db.Set<PasswordCredential>().AnyAsync(p => p.UserId == id) ? FaultKind.PasswordInitialised
        : null;

    private static void Record(ConsoleDb db, UserId user, string what, Actor actor)
    {
        db.Audit(actor, what, "user", user.ToString());
        db.Publish("user.updated", user, JsonColumn.Text(new { user_id = user.Value, fields = new[] { "password" } }));
    }

    /// <summary>No fault for a wrong password: the write would be rolled back, and the count with it.</summary>
    private abstract record Try<T>
    {
        private Try()
        {
        }

        public sealed record Right(T Value) : Try<T>;

        public sealed record Wrong : Try<T>;
    }
}
