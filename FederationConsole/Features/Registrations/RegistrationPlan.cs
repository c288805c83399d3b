using FederationConsole.Features.Meetings;
using FederationConsole.Platform;

namespace FederationConsole.Features.Registrations;

/// <summary>Whether a meeting takes registrations.</summary>
public enum RegistrationState
{
    Open,
    NotYet,
    Over,
    CalledOff,
}

/// <param name="Quantity">Of the ticket, in one order.</param>
public sealed record PlannedTicket(Ticket Ticket, int Quantity);

/// <summary>A registration that needs nothing but the database's word: everything else about it is decided.</summary>
/// <param name="Tickets">Each ticket once, in the order of their keys in the database, which is that in which they are taken.</param>
/// <param name="Agendas">Likewise.</param>
public sealed record RegistrationPlan(
    MeetingEntry Meeting, AttendeeType Type, RegistrationForm Form, IReadOnlyList<PlannedTicket> Tickets, IReadOnlyList<Agenda> Agendas, Purchaser? Purchaser, string? InvitationCode)
{
    public int TicketCount => Tickets.Sum(t => t.Quantity);

    public int AmountFen => Tickets.Sum(t => checked(t.Ticket.PriceFen * t.Quantity));

    public static RegistrationState StateOf(Meeting meeting, DateTimeOffset now) =>
        meeting.CancelledAt is not null ? RegistrationState.CalledOff
        : now >= meeting.EndsAt || now >= meeting.ClosesAt ? RegistrationState.Over
        : now < meeting.OpensAt ? RegistrationState.NotYet
        : RegistrationState.Open;

    /// <summary>Whether the ticket is sold at this time, apart from what is left.</summary>
    public static bool IsOnSale(Ticket ticket, DateTimeOffset now) => !(now < ticket.SaleFrom) && !(now >= ticket.SaleUntil);

    public static bool IsFor(Ticket ticket, AttendeeType type) => ticket.AttendeeTypes.Count == 0 || ticket.AttendeeTypes.Contains(type.Key);

    /// <summary>In the order in which faces.md numbers what can be wrong, the form before the tickets.</summary>
    public static Outcome<RegistrationPlan> Of(MeetingEntry meeting, RegistrationAsked asked, DateTimeOffset now)
    {
        if (StateOf(meeting.Meeting, now) is not RegistrationState.Open and var state)
        {
            return new Fault(FaultKind.RegistrationClosed, null, RegistrationTexts.Get("State_" + state));
        }

        if (meeting.Type(asked.AttendeeType) is not { } type)
        {
            return FaultKind.UnknownAttendeeType;
        }

        var form = RegistrationForm.Read(type, asked.Fields);
        if (form.Faults.Count > 0)
        {
            return form.Faults[0].Value;
        }

        if (form.Mobile is null && form.Email is null)
        {
            return FaultKind.ContactMissing;
        }

        var purchaser = PurchaserOf(asked.Purchaser);
        if (!purchaser.Ok)
        {
            return purchaser.Fault;
        }

        var tickets = TicketsOf(meeting, type, asked.Items, now);
        if (!tickets.Ok)
        {
            return tickets.Fault;
        }

        var agendas = AgendasOf(meeting, tickets.Value, asked.Agendas);
        if (!agendas.Ok)
        {
            return agendas.Fault;
        }

        var code = asked.InvitationCode?.Trim();
        return string.IsNullOrEmpty(code)
            ? type.InvitationOnly ? new Fault(FaultKind.InvitationRefused, null, RegistrationTexts.Get("InvitationNeeded")) : Plan(null)
            : code.Length > Meetings.Meeting.MaxKey || code.Any(char.IsControl) ? FaultKind.InvitationRefused : Plan(code);

        RegistrationPlan Plan(string? invitation) => new(meeting, type, form, tickets.Value, agendas.Value, purchaser.Value.Purchaser, invitation);
    }

    private static Outcome<IReadOnlyList<PlannedTicket>> TicketsOf(MeetingEntry meeting, AttendeeType type, IReadOnlyList<AskedItem> asked, DateTimeOffset now)
    {
        if (asked.Count == 0)
        {
            return new Fault(FaultKind.Missing, "Items");
        }

        var planned = new List<PlannedTicket>();
        foreach (var items in asked.GroupBy(i => i.Sku, StringComparer.Ordinal))
        {
            if (meeting.Ticket(items.Key) is not { } ticket || !IsFor(ticket, type))
            {
                return new Fault(FaultKind.TicketUnknown, items.Key);
            }

            if (!IsOnSale(ticket, now))
            {
                return new Fault(FaultKind.RegistrationClosed, ticket.Name, RegistrationTexts.Get(now < ticket.SaleFrom ? "SaleNotYet" : "SaleOver"));
            }

            var quantity = items.Sum(i => (long)i.Quantity);
            if (items.Any(i => i.Quantity < 1) || quantity > ticket.PerOrder)
            {
                return new Fault(FaultKind.Invalid, "Quantity", RegistrationTexts.Say("Quantity", ticket.Name, ticket.PerOrder));
            }

            planned.Add(new(ticket, (int)quantity));
        }

        return planned.Sum(t => (decimal)t.Ticket.PriceFen * t.Quantity) > int.MaxValue || planned.Sum(t => (long)t.Quantity) > int.MaxValue
            ? new Fault(FaultKind.Invalid, "Quantity", RegistrationTexts.Get("TooDear"))
            : Outcome.Of<IReadOnlyList<PlannedTicket>>([.. planned.OrderBy(t => t.Ticket.Id)]);
    }

    private static Outcome<IReadOnlyList<Agenda>> AgendasOf(MeetingEntry meeting, IReadOnlyList<PlannedTicket> tickets, IReadOnlyList<AskedAgenda> asked)
    {
        var chosen = new SortedDictionary<long, Agenda>();
        foreach (var one in asked)
        {
            if (meeting.Agenda(one.Agenda) is not { } agenda)
            {
                return new Fault(FaultKind.AgendaRefused, one.Agenda, RegistrationTexts.Get("AgendaUnknown"));
            }

            var parent = agenda.ParentSku ?? one.ParentSku;
            if ((one.ParentSku ?? parent) != parent || (parent is not null && tickets.All(t => t.Ticket.Key != parent)))
            {
                return new Fault(FaultKind.AgendaRefused, agenda.Name, RegistrationTexts.Get("AgendaOfAnother"));
            }

            if (chosen.Values.FirstOrDefault(agenda.Clashes) is { } clash)
            {
                return new Fault(FaultKind.AgendaRefused, agenda.Name, RegistrationTexts.Say("AgendaClash", clash.Name));
            }

            chosen[agenda.Id] = agenda;
        }

        return Outcome.Of<IReadOnlyList<Agenda>>([.. chosen.Values]);
    }

    private static Outcome<Named> PurchaserOf(AskedPurchaser? asked)
    {
        var (name, mobile, company) = (Text(asked?.Name), Text(asked?.Mobile), Text(asked?.Company));
        if (name is null && mobile is null && company is null)
        {
            return new Named(null);
        }

        var phone = mobile is null ? null : RegistrationForm.Phone(mobile, asked!.AreaCode);
        return mobile is not null && phone is null
            ? new Fault(FaultKind.Invalid, RegistrationTexts.Get("Purchaser"), RegistrationTexts.Get("NotAMobile"))
            : new Named(new(name, phone?.E164, company));

        static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>Null is a value here: the attendee orders.</summary>
    private sealed record Named(Purchaser? Purchaser);
}
