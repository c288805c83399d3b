using FederationConsole.Features.Guessing;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Attendee.Pages;

/// <summary><c>/m/ticket/{code}</c>: the code lets in whoever has it, so the address is the ticket. It is kept and told to nobody else.</summary>
internal sealed class TicketPage(CheckInService checkIns, OrderService orders, ProjectCatalog projects, GuessGuard guard)
{
    public static string Path(string code) => "/m/ticket/" + code;

    public async Task ShowAsync(HttpContext http)
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var address = http.Connection.RemoteIpAddress?.ToString();
        if (guard.Refuse(address) is { } refused)
        {
            await RegisterViews.TooMany(http, refused);
            return;
        }

        var found = await checkIns.TicketAsync((string)http.Request.RouteValues["code"]!, projects.Environments);
        if (!found.Ok)
        {
            guard.Count(address, found.Fault.Kind);
            await RegisterViews.Notice(AttendeeTexts.Get("Page.NoTicket"), AttendeeTexts.Get("Page.NoTicketText"), StatusCodes.Status404NotFound).WriteAsync(http);
            return;
        }

        await View(found.Value).WriteAsync(http);
    }

    private LightPage View(OrderDetail detail)
    {
        var (order, attendee, meeting) = detail;
        return new(meeting.Meeting.Name, Markup.Of($"""
            <main class="card phone ticket" data-status="{order.Status.ToString()}">
            {State(order, attendee)}
            {RegisterViews.Head(meeting.Meeting)}
            <dl>
            <dt>{AttendeeTexts.Get("Ticket.Name")}</dt><dd>{attendee.Name}</dd>
            <dt>{AttendeeTexts.Get("Ticket.Type")}</dt><dd>{meeting.Type(attendee.Type)?.Name ?? attendee.Type}</dd>
            <dt>{AttendeeTexts.Get("Page.Ticket")}</dt><dd>{Markup.Join(order.Items.Select(i => Markup.Of($"<div>{i.Name} × {i.Quantity}</div>")))}</dd>
            {Agendas(detail)}
            <dt>{AttendeeTexts.Get("Ticket.Amount")}</dt><dd>{RegisterViews.Price(order.AmountFen)}</dd>
            <dt>{AttendeeTexts.Get("Ticket.Order")}</dt><dd><code>{order.Number}</code></dd>
            </dl>
            </main>
            """));
    }

    private Markup State(Order order, Features.Registrations.Attendee attendee) => order.Status switch
    {
        OrderStatus.Paid => Markup.Of($"""
            <div class="code">{QrPicture.Draw(attendee.CheckinCode, AttendeeTexts.Get("Ticket.Qr"))}</div>
            <p class="number-line"><code>{attendee.CheckinCode}</code></p>
            {(attendee.CheckedInAt is { } at ? Markup.Of($"<p class=\"good\" role=\"status\">{AttendeeTexts.Get("Ticket.In")} {RegisterViews.Time(at)}</p>") : Markup.Of($"<p class=\"hint\">{AttendeeTexts.Get("Ticket.Show")}</p>"))}
            """),
        OrderStatus.PendingPayment => Markup.Of($"""<p class="warn" role="status">{AttendeeTexts.Say("Ticket.Waits", Math.Ceiling(orders.Waits(order)!.Value.TotalMinutes))}</p>"""),
        OrderStatus.Closed => Markup.Of($"""<p class="alarm" role="status">{AttendeeTexts.Get("Ticket.Closed")}</p>"""),
        _ => Markup.Of($"""<p class="alarm" role="status">{AttendeeTexts.Get("Ticket.Cancelled")}</p>"""),
    };

    private static Markup Agendas(OrderDetail detail)
    {
        var chosen = detail.Meeting.Agendas.Where(a => detail.Attendee.Agendas.Contains(a.Key)).ToList();
        return chosen.Count == 0 ? Markup.None : Markup.Of($"""
            <dt>{AttendeeTexts.Get("Page.Agendas")}</dt><dd>{Markup.Join(chosen.Select(a => Markup.Of($"<div>{a.Name}<br><small>{RegisterViews.Time(a.StartsAt)} {a.Place}</small></div>")))}</dd>
            """);
    }
}
