using FederationConsole.Features.Accounts;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Attendee;

public sealed record OrderRequest(string? OrderNo);

public sealed record OrderDetailReply(string BusinessMessage, int BusinessCode, OrderDetailData Data)
{
    public static OrderDetailReply Of(OrderDetail detail) => new("", 0, new(
        detail.Meeting.Meeting.Key, OrderData.Of(detail.Order, detail.Attendee, whole: true),
        [.. detail.Order.Items.Select(i => new OrderItemData(i.Sku, i.Name, OrderData.Yuan(i.PriceFen), i.Quantity))],
        detail.Order.Purchaser is { } p ? PurchaserOf(p) : null,
        detail.Order.CreatedAt, detail.Order.ExpiresAt, detail.Order.PaidAt, detail.Order.EndedAt));

    /// <summary>As Register takes it.</summary>
    private static RegisterPurchaser PurchaserOf(Purchaser purchaser) =>
        PhoneNumber.ParseWhole(purchaser.Mobile) is { } phone ? new(purchaser.Name, phone.Zone, phone.National, purchaser.Company) : new(purchaser.Name, null, null, purchaser.Company);
}

/// <param name="Order">As Register answered it, with what it is now.</param>
/// <param name="ExpiresAt">Until when it waits for its payment.</param>
/// <param name="EndedAt">When it was closed or cancelled.</param>
public sealed record OrderDetailData(
    string BventId, OrderData Order, IReadOnlyList<OrderItemData> Items, RegisterPurchaser? Purchaser,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? PaidAt, DateTimeOffset? EndedAt);

/// <param name="Price">Of one, in yuan.</param>
public sealed record OrderItemData(string ItemSkuId, string ItemSkuName, decimal Price, int Quantity);

public sealed class OrderRequestValidator : AbstractValidator<OrderRequest>
{
    private const int MaxNumber = 32;

    public OrderRequestValidator() => RuleFor(r => r.OrderNo).Required().Text(MaxNumber).Named("orderNo");
}

/// <summary><c>GET /op/api/Order/v1/detail?orderNo=</c>.</summary>
internal sealed class OrderRead(AppTokenService tokens, OrderService orders) : BearerHandler<OrderDetailReply>(tokens), IDocumented
{
    public static Documentation Documentation => new("按订单编号查询订单", "An order by its number")
    {
        Text = "参会人订单、门票和签到码。",
        Reply = """
            {"businessMessage":"","businessCode":0,"data":{"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f",
             "order":{"status":0,"orderId":"b0e50000-6b13-9276-9e47-08d99f646f52","orderNo":"2111041526362863634","orderStatus":"Paid","orderAmount":0.0,"orderType":"Main",
              "orderAttendees":[{"attendeeId":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendeeAbstractType":0,"name":"李明","mobile":"13838383388","status":"","checkinCode":"1475765432202956800"}]},
             "items":[{"itemSkuId":"b1000000-0000-4000-8000-000000000001","itemSkuName":"嘉宾票","price":0.0,"quantity":1}],"purchaser":null,
             "createdAt":"2026-11-21T08:00:00+00:00","expiresAt":null,"paidAt":"2026-11-21T08:00:00+00:00","endedAt":null}}
            """,
        Parameters = [Parameter.Query(OrderNo, "订单编号", required: true)],
        Faults = [FaultKind.NotFound],
        Demo = [new() { Values = new Dictionary<string, string> { [OrderNo] = "{{order_no}}" } }],
    };

    private const string OrderNo = "orderNo";

    private static readonly OrderRequestValidator Validator = new();

    protected override async ValueTask<Outcome<OrderDetailReply>> HandleAsync(AppEntry app, FaceCall call)
    {
        var request = new OrderRequest(call.Query(OrderNo));
        if (Validation.Check(Validator, request) is { } wrong)
        {
            return wrong;
        }

        var found = await orders.FindAsync(app.Environment, request.OrderNo!);
        return found.Ok ? OrderDetailReply.Of(found.Value) : found.Fault;
    }
}

/// <summary><c>POST /op/api/Order/v1/pay</c> <c>{orderNo}</c>: the organiser's own cashier has the money.</summary>
internal sealed class OrderPay(AppTokenService tokens, OrderService orders) : BearerHandler<OrderRequest, OrderDetailReply>(tokens, new OrderRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("登记订单已支付", "Say that an order was paid")
    {
        Text = "主办方自行收款后调用；本平台没有接入支付。",
        Reply = """
            {"businessMessage":"","businessCode":0,"data":{"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f",
             "order":{"status":0,"orderId":"b0e50000-6b13-9276-9e47-08d99f646f52","orderNo":"2111041526362863634","orderStatus":"Paid","orderAmount":199.0,"orderType":"Main",
              "orderAttendees":[{"attendeeId":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendeeAbstractType":0,"name":"李明","mobile":"13838383388","status":"","checkinCode":"1475765432202956800"}]},
             "items":[{"itemSkuId":"b1000000-0000-4000-8000-000000000003","itemSkuName":"工作坊票","price":199.0,"quantity":1}],"purchaser":null,
             "createdAt":"2026-11-21T08:00:00+00:00","expiresAt":"2026-11-21T08:15:00+00:00","paidAt":"2026-11-21T08:05:00+00:00","endedAt":null}}
            """,
        Faults = [FaultKind.NotFound, FaultKind.NotAllowedNow],
        Demo = [new() { Body = """{"orderNo":"{{unpaid_order_no}}"}""" }],
    };

    protected override async Task<Outcome<OrderDetailReply>> HandleAsync(OrderRequest request, AppEntry app, FaceCall call)
    {
        var paid = await orders.PayAsync(Bearer.ActorOf(app, call), app.Environment, request.OrderNo!);
        return paid.Ok ? OrderDetailReply.Of(paid.Value) : paid.Fault;
    }
}

/// <summary><c>POST /op/api/Order/v1/cancel</c> <c>{orderNo}</c>.</summary>
internal sealed class OrderCancel(AppTokenService tokens, OrderService orders) : BearerHandler<OrderRequest, OrderDetailReply>(tokens, new OrderRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("取消订单", "Cancel an order")
    {
        Text = "门票、日程和邀约码的名额全部退回；已签到的订单不能取消。",
        Reply = """
            {"businessMessage":"","businessCode":0,"data":{"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f",
             "order":{"status":0,"orderId":"b0e50000-6b13-9276-9e47-08d99f646f52","orderNo":"2111041526362863634","orderStatus":"Cancelled","orderAmount":199.0,"orderType":"Main",
              "orderAttendees":[{"attendeeId":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendeeAbstractType":0,"name":"李明","mobile":"13838383388","status":"","checkinCode":"1475765432202956800"}]},
             "items":[{"itemSkuId":"b1000000-0000-4000-8000-000000000003","itemSkuName":"工作坊票","price":199.0,"quantity":1}],"purchaser":null,
             "createdAt":"2026-11-21T08:00:00+00:00","expiresAt":"2026-11-21T08:15:00+00:00","paidAt":"2026-11-21T08:05:00+00:00","endedAt":"2026-11-21T09:00:00+00:00"}}
            """,
        Faults = [FaultKind.NotFound, FaultKind.NotAllowedNow],
        Demo = [new() { Body = """{"orderNo":"{{unpaid_order_no}}"}""" }],
    };

    protected override async Task<Outcome<OrderDetailReply>> HandleAsync(OrderRequest request, AppEntry app, FaceCall call)
    {
        var cancelled = await orders.CancelAsync(Bearer.ActorOf(app, call), app.Environment, request.OrderNo!);
        return cancelled.Ok ? OrderDetailReply.Of(cancelled.Value) : cancelled.Fault;
    }
}
