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
    }
}
