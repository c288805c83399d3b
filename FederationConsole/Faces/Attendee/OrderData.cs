using System.ComponentModel;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Attendee;

/// <summary>Seed 001's answer, its properties in the order of its example.</summary>
public sealed record OrderReply(string BusinessMessage, int BusinessCode, OrderData? Data);

/// <param name="Status">Always 0: the seed's example has it and says nothing of it.</param>
/// <param name="OrderAmount">In yuan, with a decimal at least.</param>
public sealed record OrderData(
    int Status, [property: Description("订单号")] Guid OrderId, [property: Description("订单编号")] string OrderNo,
    [property: Description("订单状态: PendingPayment-待支付; Paid-已支付; Closed-超时关闭; Cancelled-已取消")] string OrderStatus, [property: Description("订单金额")] decimal OrderAmount,
    [property: Description("订单类型(main:主订单,)")] string OrderType, [property: Description("订单参会人")] IReadOnlyList<OrderAttendee> OrderAttendees)
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
public sealed record OrderAttendee(
    [property: Description("参会人id")] Guid AttendeeId, int AttendeeAbstractType, [property: Description("参会人名称")] string Name, [property: Description("手机号")] string Mobile,
    string Status, [property: Description("签到码")] string CheckinCode)
{
    public static OrderAttendee Of(Features.Registrations.Attendee attendee, bool whole) => new(
        attendee.PublicId, 0, whole ? attendee.Name : Mask.Of(attendee.Name), whole ? MobileOf(attendee) : Mask.Of(MobileOf(attendee)), "", whole ? attendee.CheckinCode : "");

    public static string MobileOf(Features.Registrations.Attendee attendee) =>
        attendee.Mobile is not { } mobile ? "" : mobile.StartsWith(PhoneNumber.DefaultZone, StringComparison.Ordinal) ? mobile[PhoneNumber.DefaultZone.Length..] : mobile;
}
