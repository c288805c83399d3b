using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.SignIn;

/// <summary>Who registers with us, with a phone or mail that a code proves.</summary>
public sealed record NewUser(EnvironmentEntry Environment, MessageTarget Target, AppEntry? App, string Code, string? Nickname, string Password);

/// <summary>Registers ordinary users (seed 002, 4.5 to 4.7 need them; faces.md, Iot).</summary>
public sealed class UserRegistration(Store store, CodeService codes, UserPasswords passwords)
{
    /// <summary>
    /// The password's rule is asked first, because it costs no try; then the code, and only whoever proved the address learns
    /// that it is registered. Faults in this order: <see cref="FaultKind.WayNotOffered"/>, <see cref="FaultKind.WeakPassword"/>, those of
    /// <see cref="CodeService.ProveAsync"/>, <see cref="FaultKind.PhoneRegistered"/> or <see cref="FaultKind.EmailRegistered"/>
    /// (then the code is not used up).
    /// </summary>
    public async Task<Outcome<User>> RegisterAsync(NewUser person, Actor actor, CancellationToken cancellation)
    {
        var (environment, target) = (person.Environment, person.Target);
        if (environment.RefuseOwnAccounts() is { } notOffered)
        {
            return notOffered;
        }

        if (UserPasswords.Check("password", person.Password, environment.Policies) is { } weak)
        {
            return weak;
        }

        var proven = await codes.ProveAsync(environment, CodePurpose.Register, target, person.App?.Id ?? default, person.Code);
        if (!proven.Ok)
        {
            return proven.Fault;
        }

        var hashed = await passwords.HashAsync("password", person.Password, environment.Policies, cancellation);
        if (!hashed.Ok)
        {
            return hashed.Fault;
        }

        return await store.WriteAsync<Outcome<User>>(environment.Scope, async db =>
        {
            if ((await CodeService.RedeemAsync(db, proven.Value)).Fault is { } used)
            {
                return used;
            }

            if (await db.Set<User>().AnyAsync(u => target.Channel == MessageChannel.Sms ? u.Phone == target.Text : u.Email == target.Text))
            {
                return target.Channel == MessageChannel.Sms ? FaultKind.PhoneRegistered : FaultKind.EmailRegistered;
            }

            var user = Create(db, person);
            await UserPasswords.SetAsync(db, user.Id, hashed.Value);
            db.Audit(actor, "user.created", "user", user.Id.ToString());
            db.Publish("user.created", user.Id, JsonColumn.Text(new { user_id = user.Id.Value, source = User.OwnOrigin }));
            db.Signal(UserDirectory.CreatedTopic, user.Id.Value);
            return user;
        });
    }

    private static User Create(ConsoleDb db, NewUser person)
    {
        var user = new User
        {
            Id = db.NextId<UserId>(),
            AccountId = db.NextGuid(),
            Phone = person.Target.Channel == MessageChannel.Sms ? person.Target.Text : null,
            PhoneZone = person.Target.Channel == MessageChannel.Sms ? person.Target.Zone : null,
            Email = person.Target.Channel == MessageChannel.Mail ? person.Target.Text : null,
            Nickname = person.Nickname,
            Origin = User.OwnOrigin,
            CreatedAt = db.Now,
        };
        db.Add(user);
        return user;
    }
}
