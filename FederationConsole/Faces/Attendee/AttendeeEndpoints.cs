using FederationConsole.Faces.Attendee.Pages;

namespace FederationConsole.Faces.Attendee;

/// <summary>Seed 001's endpoint, then those of faces.md: the second without a token too, the others with an app's Bearer.</summary>
public static class AttendeeEndpoints
{
    public static void MapAttendee(this WebApplication app)
    {
        var face = new AttendeeFace();
        app.MapFace("/op/notoken/api", face)
            .Post<Register>("/Attendee/v1/Register");
        app.MapFace("/op/api", face)
            .Post<TypeList>("/AttendeeType/v1/list")
            .Get<OrderRead>("/Order/v1/detail")
            .Post<AttendeeList>("/Attendee/v1/list")
            .Post<CheckInCall>("/Attendee/v1/CheckIn")
            .Post<OrderPay>("/Order/v1/pay")
            .Post<OrderCancel>("/Order/v1/cancel");

        var (register, ticket) = (ActivatorUtilities.CreateInstance<RegisterPage>(app.Services), ActivatorUtilities.CreateInstance<TicketPage>(app.Services));
        var pages = app.MapGroup("/m").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/register/{meeting}", Page(register.ShowAsync));
        pages.MapPost("/register/{meeting}", Page(register.SendAsync)).DisableAntiforgery();
        pages.MapGet("/ticket/{code}", Page(ticket.ShowAsync));
    }

    private static RequestDelegate Page(Func<HttpContext, Task> show) => http =>
    {
        LightPage.SetLanguage(http.Request);
        return show(http);
    };
}
