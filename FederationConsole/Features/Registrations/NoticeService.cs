using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>How far the messages of one kind are.</summary>
public sealed record NoticeCount(MeetingMessageKind Kind, int Sent, int Waiting, int Failed);

/// <summary>One that did not go out, or not yet.</summary>
/// <param name="DueAt">When it is tried again; null: it is over.</param>
public sealed record NoticeRow(long Id, MeetingMessageKind Kind, string Attendee, int Tries, DateTimeOffset? DueAt, string Error);

/// <summary>What was sent to a meeting's attendees, and what was not.</summary>
/// <param name="Problems">The latest.</param>
public sealed record NoticeReport(IReadOnlyList<NoticeCount> Counts, IReadOnlyList<NoticeRow> Problems);

/// <summary>Shows what a meeting's attendees were told, tries again, and tries a wording.</summary>
public sealed class NoticeService(Store store, ProjectCatalog projects, MeetingCatalog meetings, NoticeWriter writer, MessageDelivery delivery, TimeProvider clock)
{
    public const int MaxProblems = 50;

    /// <summary>The notices of a meeting. Fault: <see cref="FaultKind.NotFound"/>.</summary>
    public async Task<Outcome<NoticeReport>> ReadAsync(Actor actor, EnvironmentId id, string key, CancellationToken cancellation)
    {
        var found = Find(actor, Role.ReadOnly, id, key);
        if (!found.Ok)
        {
            return found.Fault;
        }

        var meeting = found.Value.Meeting.Id;
        return await store.ReadAsync(found.Value.Environment.Scope, async db =>
        {
            var all = db.Set<AttendeeNotice>().Where(n => n.MeetingId == meeting);
            var counts = await all.GroupBy(n => n.Kind)
                .Select(g => new { g.Key, Sent = g.Count(n => n.SentAt != null), Waiting = g.Count(n => n.DueAt != null), All = g.Count() }).ToListAsync(cancellation);
            var problems = await all.Where(n => n.LastError != null && n.SentAt == null).OrderByDescending(n => n.Id).Take(MaxProblems)
                .Join(db.Set<Attendee>(), n => n.AttendeeId, a => a.Id, (n, a) => new NoticeRow(n.Id, n.Kind, a.Name, n.Tries, n.DueAt, n.LastError!)).ToListAsync(cancellation);
            return Outcome.Of(new NoticeReport(
                [.. Enum.GetValues<MeetingMessageKind>().Select(kind => counts.Find(c => c.Key == kind) is { } c ? new NoticeCount(kind, c.Sent, c.Waiting, c.All - c.Sent - c.Waiting) : new(kind, 0, 0, 0))],
                [.. problems.OrderByDescending(p => p.Id)]));
        });
    }

    /// <summary>What one attendee was sent or is owed. Fault: <see cref="FaultKind.NotFound"/>.</summary>
    public async Task<Outcome<IReadOnlyList<AttendeeNotice>>> OfAsync(Actor actor, EnvironmentId id, string key, long attendee)
    {
        var found = Find(actor, Role.ReadOnly, id, key);
        return !found.Ok ? found.Fault : Outcome.Of(await store.ReadAsync<IReadOnlyList<AttendeeNotice>>(
            found.Value.Environment.Scope, async db => await db.Set<AttendeeNotice>().AsNoTracking().Where(n => n.AttendeeId == attendee).OrderBy(n => n.Id).ToListAsync()));
    }

    /// <summary>Whether the environment's providers would send messages of this kind by this way: <see cref="FaultKind.NotAllowedNow"/> where nobody would.</summary>
    public Outcome Ready(MeetingEntry meeting, MessageChannel channel) => delivery.ReadyForNotices(meeting.Environment, channel);

    /// <summary>Puts what is over unsent back into the queue, with all its tries. <returns>How many.</returns></summary>
    public async Task<Outcome<int>> RetryAsync(Actor actor, EnvironmentId id, string key)
    {
        var found = Find(actor, Role.Operator, id, key);
        return !found.Ok ? found.Fault : await store.WriteAsync<Outcome<int>>(found.Value.Environment.Scope, async db =>
        {
            var (meeting, now) = (found.Value.Meeting.Id, (DateTimeOffset?)db.Now);
            var count = await db.Set<AttendeeNotice>().Where(n => n.MeetingId == meeting && n.SentAt == null && n.DueAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, now).SetProperty(n => n.Tries, 0));
            db.Audit(actor, "meeting.notices_retried", "meeting", key);
            return count;
        });
    }

    /// <summary>What an attendee would read, about somebody made up.</summary>
    public Notice Preview(MeetingEntry meeting, MeetingMessage message, MessageChannel channel)
    {
        var ticket = meeting.Tickets is [var first, ..] ? first : null;
        var id = Ids.Floor(clock.GetUtcNow());
        var order = new Order
        {
            Id = id, Number = Order.NumberOf(id), MeetingId = meeting.Meeting.Id,
            Items = [new(ticket?.Key ?? "", ticket?.Name ?? RegistrationTexts.Get("Notice.Ticket"), ticket?.PriceFen ?? 0, 1)],
        };
        var attendee = new Attendee { Type = "", Name = RegistrationTexts.Get("Notice.Somebody"), CheckinCode = "1000000000000000000" };
        return writer.Write(meeting, message, order, attendee, channel);
    }

    /// <summary>
    /// Sends the wording for real, about somebody made up. Faults: <see cref="FaultKind.NotFound"/>, <see cref="FaultKind.Invalid"/> (the
    /// wording; <c>target</c>), <see cref="FaultKind.NotAllowedNow"/> (nobody would send it), <see cref="FaultKind.SmsLimit"/>.
    /// </summary>
    /// <param name="target">A mobile, or a mail address.</param>
    public async Task<Outcome<Delivery>> TryAsync(Actor actor, EnvironmentId id, string key, MeetingMessage message, string? target, CancellationToken cancellation)
    {
        var found = Find(actor, Role.Operator, id, key);
        if ((found.Fault ?? MeetingMessageRules.Check(message)) is { } fault)
        {
            return fault;
        }

        if ((target?.Contains('@', StringComparison.Ordinal) == true ? MessageTarget.Mail(target.Trim()) : MessageTarget.Phone(target?.Trim())) is not { } to)
        {
            return new Fault(FaultKind.Invalid, "target");
        }

        var environment = found.Value!.Environment;
        var taken = await store.WriteAsync(environment.Scope, async db =>
        {
            var quota = await MessageQuota.TakeNoticeAsync(db, environment, to.Channel);
            if (quota.Ok)
            {
                db.Audit(actor, "meeting.message_tried", "meeting", key);
            }

            return quota;
        });
        return taken.Ok ? await delivery.SendAsync(environment, to, Preview(found.Value, message, to.Channel), trace: null, cancellation) : taken.Fault;
    }

    private Outcome<MeetingEntry> Find(Actor actor, Role role, EnvironmentId id, string key) =>
        projects.For(actor, role, id).Fault is { } fault ? fault
        : meetings.Find(key) is { } meeting && meeting.Environment.Id == id ? meeting
        : FaultKind.NotFound;
}
