using FederationConsole.Platform;

namespace FederationConsole.Features.Meetings;

/// <summary>How a meeting stands towards those who want to register.</summary>
public enum MeetingState
{
    /// <summary>Registration has not begun.</summary>
    Waiting = 1,
    Open = 2,
    Full = 3,
    /// <summary>Registration is over, the meeting is not.</summary>
    Closed = 4,
    Over = 5,
    CalledOff = 6,
}

public static class MeetingStates
{
    public static MeetingState StateAt(this Meeting meeting, DateTimeOffset now) =>
        meeting.CancelledAt is not null ? MeetingState.CalledOff
        : meeting.EndsAt <= now ? MeetingState.Over
        : meeting.ClosesAt <= now ? MeetingState.Closed
        : meeting.OpensAt > now ? MeetingState.Waiting
        : meeting.Capacity <= meeting.Taken ? MeetingState.Full
        : MeetingState.Open;
}

/// <summary>What registrations hold of a meeting. Whoever keeps them says it: meetings know nothing of them.</summary>
public interface IMeetingUse
{
    /// <summary>Whether anybody ever registered.</summary>
    Task<bool> AnyAsync(Data.ConsoleDb db, long meeting);

    /// <summary>Whether anybody ever registered as one of this type (its key).</summary>
    Task<bool> AnyAsync(Data.ConsoleDb db, long meeting, string type);

    /// <summary>Whether an order was ever made with this invitation code.</summary>
    Task<bool> AnyAsync(Data.ConsoleDb db, long meeting, long code);
}

/// <summary>A meeting with its parts as they stand in the database, what is taken of each included; without its invitation codes.</summary>
public sealed record MeetingDetails(Meeting Meeting, IReadOnlyList<AttendeeType> Types, IReadOnlyList<Ticket> Tickets, IReadOnlyList<Agenda> Agendas, int Codes)
{
    /// <summary>The meeting's own name for a type; a key that is none any more as it is.</summary>
    public string TypeName(string key) => Types.FirstOrDefault(t => t.Key == key)?.Name ?? key;

    public string TicketName(string key) => Tickets.FirstOrDefault(t => t.Key == key)?.Name ?? key;
}

/// <summary>What the list of meetings is asked for.</summary>
/// <param name="Text">A part of a name, or an id.</param>
/// <param name="Past">Null: all; true: those that are over, the latest first; false: those to come and under way, the next first.</param>
public sealed record MeetingQuery(string? Text = null, bool? Past = null, int Page = 1)
{
    public const int PageSize = 50;
}

/// <param name="Total">How many there are on all pages.</param>
public sealed record MeetingList(IReadOnlyList<Meeting> Rows, int Total);
