using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>
/// What there is a limited number of. Each is taken by one statement that looks and takes at once, inside the caller's write, which
/// gives it back when it is undone: nothing is sold twice, whoever else takes at the same time and on whichever node.
/// </summary>
internal static class Stock
{
    private const string TakeTicket = """
        UPDATE "Tickets" SET "Taken" = "Taken" + @p0 WHERE "Id" = @p1 AND "EnvironmentId" = @p2 AND ("Quota" IS NULL OR "Taken" + @p0 <= "Quota") RETURNING "Id"
        """;

    private const string TakeAgenda = """
        UPDATE "Agendas" SET "Taken" = "Taken" + 1 WHERE "Id" = @p0 AND "EnvironmentId" = @p1 AND ("Capacity" IS NULL OR "Taken" < "Capacity") RETURNING "Id"
        """;

    /// <summary>That a meeting was called off is seen here, however late this node hears of it: after that nobody is let in any more.</summary>
    private const string TakeMeeting = """
        UPDATE "Meetings" SET "Taken" = "Taken" + @p0
        WHERE "Id" = @p1 AND "EnvironmentId" = @p2 AND "CancelledAt" IS NULL AND ("Capacity" IS NULL OR "Taken" + @p0 <= "Capacity") RETURNING "Id"
        """;

    private const string UseCode = """
        UPDATE "InvitationCodes" SET "Uses" = "Uses" + 1
        WHERE "MeetingId" = @p0 AND "Code" = @p1 AND "EnvironmentId" = @p2 AND ("MaxUses" IS NULL OR "Uses" < "MaxUses") AND ("ExpiresAt" IS NULL OR "ExpiresAt" > @p3)
        RETURNING "Id"
        """;

    /// <summary>Everything that the plan needs, or a fault, upon which the caller's write must end.</summary>
    /// <returns>The invitation code's key, 0 without one.</returns>
    public static async Task<Outcome<long>> TakeAsync(ConsoleDb db, RegistrationPlan plan)
    {
        var environment = db.EnvironmentId.Value;
        var code = await UseAsync(db, plan);
        if (!code.Ok)
        {
            return code.Fault;
        }

        foreach (var (ticket, quantity) in plan.Tickets)
        {
            if ((await db.RunAsync(TakeTicket, static _ => true, quantity, ticket.Id, environment)).Count == 0)
            {
                return new Fault(FaultKind.SoldOut, ticket.Name);
            }
        }

        foreach (var agenda in plan.Agendas)
        {
            if ((await db.RunAsync(TakeAgenda, static _ => true, agenda.Id, environment)).Count == 0)
            {
                return new Fault(FaultKind.SoldOut, agenda.Name);
            }
        }

        var meeting = plan.Meeting.Meeting;
        return (await db.RunAsync(TakeMeeting, static _ => true, plan.TicketCount, meeting.Id, environment)).Count == 1 ? code.Value
            : await db.Set<Meeting>().AnyAsync(m => m.Id == meeting.Id && m.CancelledAt != null)
                ? new Fault(FaultKind.RegistrationClosed, null, RegistrationTexts.Get("State_" + RegistrationState.CalledOff))
                : new Fault(FaultKind.SoldOut, meeting.Name);
    }

    /// <summary>Of an order that just ended; the caller's conditional update sees to it that an order ends once.</summary>
    public static async Task GiveBackAsync(ConsoleDb db, Order order, IReadOnlyList<string> agendas)
    {
        foreach (var item in order.Items)
        {
            await db.Set<Ticket>().Where(t => t.MeetingId == order.MeetingId && t.Key == item.Sku)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Taken, t => t.Taken - item.Quantity));
        }

        await db.Set<Agenda>().Where(a => a.MeetingId == order.MeetingId && agendas.Contains(a.Key))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Taken, a => a.Taken - 1));
        if (order.InvitationCodeId is { } code)
        {
            await db.Set<InvitationCode>().Where(c => c.Id == code).ExecuteUpdateAsync(set => set.SetProperty(c => c.Uses, c => c.Uses - 1));
        }

        var tickets = order.Items.Sum(i => i.Quantity);
        await db.Set<Meeting>().Where(m => m.Id == order.MeetingId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Taken, m => m.Taken - tickets));
    }

    private static async Task<Outcome<long>> UseAsync(ConsoleDb db, RegistrationPlan plan)
    {
        if (plan.InvitationCode is not { } text)
        {
            return 0;
        }

        var used = await db.RunAsync(UseCode, static row => row.GetInt64(0), plan.Meeting.Meeting.Id, text, db.EnvironmentId.Value, db.Now.ToUnixTimeMilliseconds());
        if (used.Count == 0)
        {
            return FaultKind.InvitationRefused;
        }

        var types = await db.Set<InvitationCode>().Where(c => c.Id == used[0]).Select(c => c.AttendeeTypes).FirstAsync();
        return types.Count == 0 || types.Contains(plan.Type.Key) ? used[0] : FaultKind.InvitationRefused;
    }
}
