using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>A registration of a user.</summary>
/// <param name="Meeting">BventId, for a link; <paramref name="Name"/> is what people call it.</param>
public sealed record UserRegistration(UserId User, string Number, OrderStatus Status, string Meeting, string Name, DateTimeOffset At, DateTimeOffset? CheckedInAt);

/// <summary>What meetings know of a user: shown on their card, written into an export, removed with them.</summary>
public sealed class UserRegistrations(Store store, ProjectCatalog projects)
{
    private const string Erased = "erased";

    private const int AtMost = 100;

    /// <summary>The newest first, those of users who were merged into this one included; 100 at most.</summary>
    public async Task<Outcome<IReadOnlyList<UserRegistration>>> ListAsync(Actor actor, EnvironmentId id, UserId user)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        return !environment.Ok ? environment.Fault : Outcome.Of(await store.ReadAsync<IReadOnlyList<UserRegistration>>(
            environment.Value.Scope, async db => [.. (await OfAsync(db, await UserIdentities.PersonAsync(db, user))).OrderByDescending(r => r.At).Take(AtMost)]));
    }

    /// <summary>Of these users.</summary>
    public static async Task<IReadOnlyList<UserRegistration>> OfAsync(ConsoleDb db, IReadOnlyList<UserId> users)
    {
        var found = await db.Set<Attendee>().Where(a => a.UserId != null && users.Contains(a.UserId.Value))
            .Join(db.Set<Order>(), a => a.OrderId, o => o.Id, (a, o) => new { Attendee = a, Order = o })
            .Join(db.Set<Meeting>(), r => r.Attendee.MeetingId, m => m.Id, (r, m) => new { User = r.Attendee.UserId!.Value, r.Order.Id, r.Order.Number, r.Order.Status, m.Key, m.Name, r.Order.CreatedAt, r.Attendee.CheckedInAt })
            .OrderBy(r => r.Id).ToListAsync();
        return found.ConvertAll(r => new UserRegistration(r.User, r.Number, r.Status, r.Key, r.Name, r.CreatedAt, r.CheckedInAt));
    }

    /// <summary>
    /// As part of the write that erases users: who they were goes, from what is linked to them and from what was registered with a mobile or
    /// e-mail that they proved to be theirs. The orders stay, so that what was sold and who came still adds up.
    /// </summary>
    public static async Task EraseAsync(ConsoleDb db, IReadOnlyList<UserId> users)
    {
        var held = await db.Set<User>().Where(u => users.Contains(u.Id)).Select(u => new { u.Phone, u.Email }).ToListAsync();
        var unproved = await db.Set<AccountDetail>().Where(d => users.Contains(d.UserId)).Select(d => new { d.UnverifiedPhone, d.UnverifiedEmail }).ToListAsync();
        List<string> phones = [.. held.Select(u => u.Phone).OfType<string>().Except(unproved.Select(d => d.UnverifiedPhone).OfType<string>())];
        List<string> mails = [.. held.Select(u => u.Email).OfType<string>().Except(unproved.Select(d => d.UnverifiedEmail).OfType<string>())];
        var theirs = await db.Set<Attendee>()
            .Where(a => (a.UserId != null && users.Contains(a.UserId.Value)) || (a.Mobile != null && phones.Contains(a.Mobile)) || (a.Email != null && mails.Contains(a.Email)))
            .Select(a => new { a.Id, a.OrderId, a.MeetingId }).ToListAsync();
        var (attendees, orders) = (theirs.ConvertAll(a => a.Id), theirs.ConvertAll(a => a.OrderId));
        IReadOnlyDictionary<string, string> nothing = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await db.Set<AttendeeNotice>().Where(n => attendees.Contains(n.AttendeeId))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, (DateTimeOffset?)null).SetProperty(n => n.LastError, (string?)null));
        await db.Set<Order>().Where(o => orders.Contains(o.Id)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Purchaser, (Purchaser?)null));
        await db.Set<Attendee>().Where(a => attendees.Contains(a.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Name, Erased).SetProperty(a => a.Mobile, (string?)null).SetProperty(a => a.Email, (string?)null)
            .SetProperty(a => a.HeldMobile, (string?)null).SetProperty(a => a.HeldEmail, (string?)null).SetProperty(a => a.Fields, nothing).SetProperty(a => a.UserId, (UserId?)null));
        foreach (var meeting in theirs.Select(a => a.MeetingId).Distinct())
        {
            db.Signal(RegistrationService.Topic, meeting);
        }
    }
}
