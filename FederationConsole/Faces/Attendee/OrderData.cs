using System.Text.Json;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Attendee;

/// <summary>Seed 001's answer, its properties in the order of its example.</summary>
public sealed record OrderReply(string BusinessMessage, int BusinessCode, OrderData? Data);

/// <param name="Status">Always 0: the seed's example has it and says nothing of it.</param>
/// <param name="OrderAmount">In yuan, with a decimal at least.</param>
public sealed record OrderData(
    int Status, Guid OrderId, string OrderNo, string OrderStatus, decimal OrderAmount, string OrderType, IReadOnlyList<OrderAttendee> OrderAttendees)
{
    /// <param name="order">The order.</param>
    /// <param name="attendee">Of the order.</param>
    /// <param name="whole">Otherwise without what only the attendee and the organiser may know.</param>
    public static OrderData Of(Order order, Features.Registrations.Attendee attendee, bool whole) => new(
        0, order.PublicId, order.Number, order.Status.ToString(), Yuan(order.AmountFen), Order.Main, [OrderAttendee.Of(attendee, whole)]);

    /// <summary>0 is <c>0.0</c>, as the example writes it.</summary>
    public static decimal Yuan(int fen) => fen % 10 == 0 ? new(fen / 10, 0, 0, false, 1) : new(fen, 0, 0, false, 2);
}

/// <param name="AttendeeAbstractType">Always 0, as in the seed's example.</param>
/// <param name="Mobile">National in China, else E.164; empty where there is none.</param>
/// <param name="Status">Always empty, as in the seed's example.</param>
public sealed record OrderAttendee(Guid AttendeeId, int AttendeeAbstractType, string Name, string Mobile, string Status, string CheckinCode)
{
    public static OrderAttendee Of(Features.Registrations.Attendee attendee, bool whole) => new(
        attendee.PublicId, 0, whole ? attendee.Name : Mask.Of(attendee.Name), whole ? MobileOf(attendee) : Mask.Of(MobileOf(attendee)), "", whole ? attendee.CheckinCode : "");

    public static string MobileOf(Features.Registrations.Attendee attendee) =>
        attendee.Mobile is not { } mobile ? "" : mobile.StartsWith(PhoneNumber.DefaultZone, StringComparison.Ordinal) ? mobile[PhoneNumber.DefaultZone.Length..] : mobile;
}
