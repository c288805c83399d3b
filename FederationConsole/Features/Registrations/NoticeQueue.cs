using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>
/// Sends what attendees are owed. Each is claimed by one node before it is sent, so nobody is told twice by two nodes; a node that dies
/// in between leaves it to be sent again after the lease, so at least once.
/// </summary>
public sealed partial class NoticeQueue(
    Store store, ProjectCatalog projects, MeetingCatalog meetings, NoticeWriter writer, MessageDelivery delivery, TimeProvider clock, ILogger<NoticeQueue> logger)
    : PeriodicWork(Period, clock)
{
    /// <summary>The signal's topic: a notice of the meeting whose id this is went on.</summary>
    public const string Topic = Signal.LocalPrefix + "attendee-notices";

    /// <summary>Waits between the tries; after the last it is over.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    private const int Batch = 64;
    private const int AtOnce = 8;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>A provider has five seconds; what a dead node held is free after this.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Sends what is due. <returns>How many were tried.</returns></summary>
    public async Task<int> SendDueAsync(CancellationToken stop)
    {
        var now = Clock.GetUtcNow();
        // Of every environment: who is told is the host's work. One small read while nothing is due.
        var due = await store.ReadAsync(Scope.Host, db => db.Set<AttendeeNotice>().IgnoreQueryFilters()
            .Where(n => n.DueAt != null && n.DueAt <= now).OrderBy(n => n.DueAt).Take(Batch).ToListAsync(stop));
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (notice, ct) => await SendAsync(notice, ct));
        return due.Count;
    }

    protected override async Task RoundAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await SendDueAsync(stop) == Batch)
        {
        }
    }

    protected override void RoundFailed(Exception exception) => SendingFailed(exception);

    private async Task SendAsync(AttendeeNotice notice, CancellationToken stop)
    {
        if (projects.Environment(notice.EnvironmentId) is not { } environment)
        {
            return;
        }

        var scope = environment.Scope;
        var work = await store.WriteAsync(scope, db => ClaimAsync(db, environment, notice));
        if (work is not { } claimed)
        {
            return;
        }

        var written = writer.Write(claimed.Meeting, claimed.Message, claimed.Order, claimed.Attendee, claimed.Target.Channel);
        // Not with the host's patience: what is on its way to the provider is paid for.
        stop.ThrowIfCancellationRequested();
        var sent = await delivery.SendAsync(environment, claimed.Target, written, trace: null, CancellationToken.None);
        await store.WriteAsync(scope, db => RecordAsync(db, notice.Id, sent));
    }

    /// <summary>Takes the notice for a while, with its part of the day's limits. Null: another node has it, or it is over or put off.</summary>
    private async Task<Work?> ClaimAsync(ConsoleDb db, EnvironmentEntry environment, AttendeeNotice seen)
    {
        var now = db.Now;
        if (await db.Set<AttendeeNotice>().FirstOrDefaultAsync(n => n.Id == seen.Id && n.DueAt != null && n.DueAt <= now) is not { } notice)
        {
            return null;
        }

        var attendee = await db.Set<Attendee>().AsNoTracking().FirstAsync(a => a.Id == notice.AttendeeId);
        var order = await db.Set<Order>().AsNoTracking().FirstAsync(o => o.Id == attendee.OrderId);
        var meeting = meetings.Of(environment.Id).FirstOrDefault(m => m.Meeting.Id == notice.MeetingId);
        // Who cancelled since is not confirmed or reminded.
        if (meeting is null || (attendee.EndedAt is null) == (notice.Kind == MeetingMessageKind.Cancellation))
        {
            return Over(db, notice, RegistrationTexts.Get("Notice.TooLate"));
        }

        var message = MeetingMessageRules.Of(meeting.Meeting, notice.Kind);
        var target = writer.TargetOf(meeting, message, attendee);
        if (!target.Ok)
        {
            return Over(db, notice, target.Fault.Detail ?? "");
        }

        if ((await MessageQuota.TakeNoticeAsync(db, environment, target.Value.Channel)).Fault is { RetryAfter: { } wait })
        {
            (notice.DueAt, notice.LastError) = (now + wait, RegistrationTexts.Get("Notice.Limit"));
            db.Signal(Topic, notice.MeetingId);
            return null;
        }

        notice.DueAt = now + Lease;
        return new Work(meeting, message, order, attendee, target.Value);
    }

    private static Work? Over(ConsoleDb db, AttendeeNotice notice, string why)
    {
        (notice.DueAt, notice.LastError) = (null, why);
        db.Signal(Topic, notice.MeetingId);
        return null;
    }

    private static async Task<Outcome> RecordAsync(ConsoleDb db, long id, Outcome<Delivery> sent)
    {
        var notice = await db.Set<AttendeeNotice>().FirstAsync(n => n.Id == id);
        notice.Tries++;
        if (sent.Value is Delivery.Taken)
        {
            (notice.DueAt, notice.SentAt, notice.LastError) = (null, db.Now, null);
        }
        else
        {
            notice.DueAt = notice.Tries <= Waits.Count ? db.Now + Waits[notice.Tries - 1] : null;
            notice.LastError = Cut(sent.Value switch
            {
                Delivery.Refused refused => $"{refused.Code} {refused.Message}",
                Delivery.NotAsked notAsked => notAsked.Detail,
                _ => sent.Fault!.Detail ?? sent.Fault.Kind.ToString(),
            });
        }

        db.Signal(Topic, notice.MeetingId);
        return Outcome.Done;
    }

    private static string Cut(string text) => text.Length > AttendeeNotice.MaxError ? text[..AttendeeNotice.MaxError] : text;

    private sealed record Work(MeetingEntry Meeting, MeetingMessage Message, Order Order, Attendee Attendee, MessageTarget Target);

    [LoggerMessage(Level = LogLevel.Error, Message = "Attendees were not told; the next round tries again")]
    private partial void SendingFailed(Exception exception);
}
