using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>Writes the reminders of meetings that are about to begin, a batch at a time, each attendee once (the index holds it).</summary>
public sealed partial class ReminderPlanner(Store store, MeetingCatalog meetings, TimeProvider clock, ILogger<ReminderPlanner> logger) : PeriodicWork(Period, clock)
{
    private const int Batch = 500;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public async Task PlanAsync(CancellationToken stop)
    {
        var now = Clock.GetUtcNow();
        foreach (var meeting in meetings.All.Where(m => IsTime(m.Meeting, now)))
        {
            while (!stop.IsCancellationRequested && await PlanAsync(meeting) == Batch)
            {
            }
        }
    }

    protected override Task RoundAsync(CancellationToken stop) => PlanAsync(stop);

    protected override void RoundFailed(Exception exception) => PlanningFailed(exception);

    private static bool IsTime(Meeting meeting, DateTimeOffset now) =>
        meeting.CancelledAt is null && MeetingMessageRules.Sends(meeting, MeetingMessageKind.Reminder) && now < meeting.StartsAt
        && now >= meeting.StartsAt - TimeSpan.FromHours(MeetingMessageRules.Of(meeting, MeetingMessageKind.Reminder).HoursBefore);

    private async Task<int> PlanAsync(MeetingEntry meeting)
    {
        var id = meeting.Meeting.Id;
        // A look first: most minutes there is nobody left, and that costs no write.
        return await store.ReadAsync(meeting.Environment.Scope, db => Unreminded(db, id).AnyAsync())
            ? await store.WriteAsync(meeting.Environment.Scope, async db =>
            {
                var attendees = await Unreminded(db, id).OrderBy(a => a.Id).Select(a => a.Id).Take(Batch).ToListAsync();
                db.AddRange(attendees.Select(attendee => new AttendeeNotice
                {
                    Id = db.NextId(), MeetingId = id, AttendeeId = attendee, Kind = MeetingMessageKind.Reminder, DueAt = db.Now,
                }));
                return attendees.Count;
            })
            : 0;
    }

    private static IQueryable<Attendee> Unreminded(ConsoleDb db, long meeting) => db.Set<Attendee>().Where(a =>
        a.MeetingId == meeting && a.EndedAt == null
        && db.Set<Order>().Any(o => o.Id == a.OrderId && o.Status == OrderStatus.Paid)
        && !db.Set<AttendeeNotice>().Any(n => n.AttendeeId == a.Id && n.Kind == MeetingMessageKind.Reminder));

    [LoggerMessage(Level = LogLevel.Error, Message = "Reminders were not written; the next minute tries again")]
    private partial void PlanningFailed(Exception exception);
}
