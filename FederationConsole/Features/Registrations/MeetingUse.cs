using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>What stands in the way of deleting a meeting or a part of it: anybody who ever registered, also where it was called off since.</summary>
internal sealed class MeetingUse : IMeetingUse
{
    public Task<bool> AnyAsync(ConsoleDb db, long meeting) => db.Set<Order>().AnyAsync(o => o.MeetingId == meeting);

    public Task<bool> AnyAsync(ConsoleDb db, long meeting, string type) => db.Set<Attendee>().AnyAsync(a => a.MeetingId == meeting && a.Type == type);

    public Task<bool> AnyAsync(ConsoleDb db, long meeting, long code) => db.Set<Order>().AnyAsync(o => o.MeetingId == meeting && o.InvitationCodeId == code);
}
