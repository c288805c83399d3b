using System.Globalization;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Attendee.Pages;

/// <summary>What the form shows.</summary>
/// <param name="Wrong">By the field's name.</param>
/// <param name="Alarm">Above the form.</param>
internal sealed record RegisterView(
    MeetingEntry Meeting, AttendeeType Type, StockLeft Left, Filled Filled, IReadOnlyDictionary<string, Fault> Wrong, string? Alarm, DateTimeOffset Now);

internal static class RegisterViews
{
    /// <summary>As many or fewer are told by number: whoever hesitates should know.</summary>
    private const int Few = 10;

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static string Path(Meeting meeting) => "/m/register/" + Uri.EscapeDataString(meeting.Key);

    public static LightPage Notice(string title, string text, int status) => new(title, Markup.Of($"""
        <main class="card phone notice"><h1>{title}</h1><p>{text}</p></main>
        """)) { Status = status };

    /// <summary>An address that guessed too often: when it may come again stands in a header, as the face says it.</summary>
    public static Task TooMany(HttpContext http, Fault refused)
    {
        if (refused.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return Notice(AttendeeTexts.Get("Code_429"), AttendeeTexts.Get("Page.TooMany"), StatusCodes.Status429TooManyRequests).WriteAsync(http);
    }

    public static LightPage Closed(MeetingEntry meeting, string why, DateTimeOffset? opens) => new(meeting.Meeting.Name, Markup.Of($"""
        <main class="card phone register">
        {Head(meeting.Meeting)}
        <p class="warn" role="status">{why}{(opens is { } at ? Markup.Of($" {Time(at)}") : Markup.None)}</p>
        </main>
        """));

    public static LightPage Types(MeetingEntry meeting) => new(meeting.Meeting.Name, Markup.Of($"""
        <main class="card phone register">
        {Head(meeting.Meeting)}
        <h2>{AttendeeTexts.Get("Page.Who")}</h2>
        <ul class="choices">{Markup.Join(meeting.Types.Select(t => Markup.Of($"<li><a class=\"button\" href=\"{Path(meeting.Meeting)}?type={Uri.EscapeDataString(t.Key)}\">{t.Name}{(t.InvitationOnly ? Markup.Of($" <small>{AttendeeTexts.Get("Page.InvitationOnly")}</small>") : Markup.None)}</a></li>")))}</ul>
        </main>
        """));

    public static LightPage Form(RegisterView view) => new(view.Meeting.Meeting.Name, Markup.Of($"""
        <main class="card phone register">
        {Head(view.Meeting.Meeting)}
        {(view.Alarm is { } alarm ? Markup.Of($"<p class=\"alarm\" role=\"alert\" id=\"alarm\">{alarm}</p>") : Markup.None)}
        <form method="post" action="{Path(view.Meeting.Meeting)}?type={Uri.EscapeDataString(view.Type.Key)}" id="register">
        <input type="hidden" name="{Filled.KeyInput}" value="{view.Filled.Key}">
        {Tickets(view)}
        {Agendas(view)}
        <h2>{AttendeeTexts.Get("Page.You")}</h2>
        {Markup.Join(RegistrationForm.Asked(view.Type).Select(f => RegisterFields.Of(view.Type, f, view.Filled.Value(f.Name), view.Wrong.GetValueOrDefault(f.Name))))}
        {Code(view)}
        {(view.Meeting.Tickets.Any(t => RegistrationPlan.IsFor(t, view.Type) && Buys(view, t)) ? Markup.Of($"<button class=\"primary\">{AttendeeTexts.Get("Page.Send")}</button>") : Markup.Of($"<p class=\"warn\" role=\"status\">{AttendeeTexts.Get("Page.NoTicketNow")}</p>"))}
        </form>
        {(view.Meeting.Types.Count > 1 ? Markup.Of($"<p><a href=\"{Path(view.Meeting.Meeting)}\">{AttendeeTexts.Say("Page.OtherType", view.Type.Name)}</a></p>") : Markup.None)}
        </main>
        """)) { Script = "/js/register.js" };

    public static Markup Head(Meeting meeting) => Markup.Of($"""
        <h1>{meeting.Name}</h1>
        <p class="hint">{Time(meeting.StartsAt)} – {Time(meeting.EndsAt)}{(meeting.Place.Length > 0 ? Markup.Of($"<br>{meeting.Place}") : Markup.None)}</p>
        {Markup.Join(meeting.Description.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Markup.Of($"<p>{line}</p>")))}
        """);

    /// <summary>With its day where that is another than the beginning's.</summary>
    private static Markup Until(Agenda agenda) => agenda.StartsAt.ToOffset(China).Date == agenda.EndsAt.ToOffset(China).Date
        ? Markup.Of($"{agenda.EndsAt.ToOffset(China).ToString("HH:mm", CultureInfo.InvariantCulture)}")
        : Time(agenda.EndsAt);

    public static Markup Time(DateTimeOffset at) => Markup.Of(
        $"<time datetime=\"{at.ToString("O", CultureInfo.InvariantCulture)}\">{at.ToOffset(China).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</time>");

    public static string Price(int fen) => fen == 0 ? AttendeeTexts.Get("Page.Free") : string.Create(CultureInfo.InvariantCulture, $"¥{fen / 100m:0.##}");

    private static Markup Tickets(RegisterView view)
    {
        var tickets = view.Meeting.Tickets.Where(t => RegistrationPlan.IsFor(t, view.Type)).ToList();
        var first = tickets.Find(t => t.Key == view.Filled.Ticket) ?? tickets.Find(t => Buys(view, t));
        var most = tickets.Where(t => Buys(view, t)).Select(t => t.PerOrder).DefaultIfEmpty(1).Max();
        return Markup.Of($"""
            <fieldset class="choose"><legend>{AttendeeTexts.Get("Page.Ticket")}</legend>
            {Markup.Join(tickets.Select(t => Markup.Of($"<label><input type=\"radio\" name=\"{Filled.TicketInput}\" value=\"{t.Key}\" data-most=\"{t.PerOrder}\" required{Flag("checked", t == first && Buys(view, t))}{Flag("disabled", !Buys(view, t))}><span><b>{t.Name}</b> {Price(t.PriceFen)} <small>{Left(view, t)}</small></span></label>")))}
            {(most > 1 ? Markup.Of($"<label class=\"count\">{AttendeeTexts.Get("Page.Quantity")}<input type=\"number\" name=\"{Filled.QuantityInput}\" min=\"1\" max=\"{most}\" value=\"{view.Filled.Quantity}\" inputmode=\"numeric\"></label>") : Markup.None)}
            </fieldset>
            """);
    }

    private static bool Buys(RegisterView view, Ticket ticket) => RegistrationPlan.IsOnSale(ticket, view.Now) && view.Left.Of(ticket) > 0;

    private static string Left(RegisterView view, Ticket ticket) =>
        view.Now < ticket.SaleFrom ? AttendeeTexts.Get("Page.SaleNotYet") : !RegistrationPlan.IsOnSale(ticket, view.Now) ? AttendeeTexts.Get("Page.SaleOver") : Left(view.Left.Of(ticket));

    private static string Left(int left) => left == 0 ? AttendeeTexts.Get("Page.Gone") : left <= Few ? AttendeeTexts.Say("Page.Few", left) : AttendeeTexts.Get("Page.Left");

    private static Markup Agendas(RegisterView view)
    {
        var mine = view.Meeting.Tickets.Where(t => RegistrationPlan.IsFor(t, view.Type)).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
        var agendas = view.Meeting.Agendas.Where(a => a.ParentSku is not { } parent || mine.Contains(parent)).ToList();
        return agendas.Count == 0 ? Markup.None : Markup.Of($"""
            <fieldset class="choose"><legend>{AttendeeTexts.Get("Page.Agendas")}</legend>
            {Markup.Join(agendas.Select(a => Agenda(view, a)))}
            </fieldset>
            """);
    }

    private static Markup Agenda(RegisterView view, Agenda agenda)
    {
        var full = view.Left.Of(agenda) == 0;
        var of = agenda.ParentSku is { } sku ? view.Meeting.Ticket(sku)?.Name : null;
        return Markup.Of($"""
            <label><input type="checkbox" name="{Filled.AgendaInput}" value="{agenda.Key}" data-from="{Minutes(agenda.StartsAt)}" data-to="{Minutes(agenda.EndsAt)}" data-parent="{agenda.ParentSku}"{Flag("data-overlaps", agenda.Overlaps)}{Flag("checked", !full && view.Filled.Agendas.Contains(agenda.Key))}{Flag("disabled", full)}{Flag("data-full", full)}><span><b>{agenda.Name}</b> <small>{Time(agenda.StartsAt)} – {Until(agenda)} {agenda.Place} {(of is null ? "" : AttendeeTexts.Say("Page.OfTicket", of))} {(full ? AttendeeTexts.Get("Page.Full") : "")}</small></span></label>
            """);
    }

    private static Markup Code(RegisterView view)
    {
        var input = Markup.Of($"<label><span>{AttendeeTexts.Get("Page.Code")}{(view.Type.InvitationOnly ? RegisterFields.Star : Markup.None)}</span><input name=\"{Filled.CodeInput}\" value=\"{view.Filled.InvitationCode}\" maxlength=\"{Meeting.MaxKey}\" autocomplete=\"off\" autocapitalize=\"characters\"{Flag("required", view.Type.InvitationOnly)}></label>");
        return view.Type.InvitationOnly ? input : Markup.Of($"<details{Flag("open", view.Filled.InvitationCode.Length > 0)}><summary>{AttendeeTexts.Get("Page.HasCode")}</summary>{input}</details>");
    }

    private static int Minutes(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / 60);

    internal static Markup Flag(string name, bool on) => on ? new(" " + name) : Markup.None;
}
