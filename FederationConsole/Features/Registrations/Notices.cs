using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>What attendees are owed, written with what it tells of; <see cref="NoticeQueue"/> sends it.</summary>
internal static class Notices
{
    /// <summary>Once for each attendee and kind, if the meeting has such a message and the attendee can be reached by it.</summary>
    public static async Task OweAsync(ConsoleDb db, Meeting meeting, Attendee attendee, MeetingMessageKind kind)
    {
        if (!meeting.Messages.Any(m => m.Kind == kind && ((m.Mail && attendee.Email is not null) || (m.Sms && attendee.Mobile is not null))))
        {
            return;
        }

        await db.InsertAsync(new AttendeeNotice { Id = db.NextId(), MeetingId = meeting.Id, AttendeeId = attendee.Id, Kind = kind, DueAt = db.Now });
        db.Signal(NoticeQueue.Topic, meeting.Id);
    }

    /// <summary>What was not sent yet is not sent any more.</summary>
    public static Task DropAsync(ConsoleDb db, long attendee) => db.Set<AttendeeNotice>().Where(n => n.AttendeeId == attendee && n.DueAt != null)
        .ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, (DateTimeOffset?)null));
}
