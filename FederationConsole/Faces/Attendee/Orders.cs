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
        detail.Order.Purchaser is { } p ? new(p.Name, null, p.Mobile, p.Company) : null,
        detail.Order.CreatedAt, detail.Order.ExpiresAt, detail.Order.PaidAt, detail.Order.EndedAt));
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
internal sealed class OrderRead(AppTokenService tokens, OrderService orders) : BearerHandler<OrderDetailReply>(tokens)
{
    private static readonly OrderRequestValidator Validator = new();

    protected override async ValueTask<Outcome<OrderDetailReply>> HandleAsync(AppEntry app, FaceCall call)
    {
        var request = new OrderRequest(call.Query("orderNo"));
        if (Validation.Check(Validator, request) is { } wrong)
        {
            return wrong;
        }

        var found = await orders.FindAsync(app.Environment, request.OrderNo!);
        return found.Ok ? OrderDetailReply.Of(found.Value) : found.Fault;
    }
}

/// <summary><c>POST /op/api/Order/v1/pay</c> <c>{orderNo}</c>: the organiser's own cashier has the money.</summary>
internal sealed class OrderPay(AppTokenService tokens, OrderService orders) : BearerHandler<OrderRequest, OrderDetailReply>(tokens, new OrderRequestValidator())
{
    protected override async Task<Outcome<OrderDetailReply>> HandleAsync(OrderRequest request, AppEntry app, FaceCall call)
    {
        var paid = await orders.PayAsync(Bearer.ActorOf(app, call), app.Environment, request.OrderNo!);
        return paid.Ok ? OrderDetailReply.Of(paid.Value) : paid.Fault;
    }
}

/// <summary><c>POST /op/api/Order/v1/cancel</c> <c>{orderNo}</c>.</summary>
internal sealed class OrderCancel(AppTokenService tokens, OrderService orders) : BearerHandler<OrderRequest, OrderDetailReply>(tokens, new OrderRequestValidator())
{
    protected override async Task<Outcome<OrderDetailReply>> HandleAsync(OrderRequest request, AppEntry app, FaceCall call)
    {
        var cancelled = await orders.CancelAsync(Bearer.ActorOf(app, call), app.Environment, request.OrderNo!);
        return cancelled.Ok ? OrderDetailReply.Of(cancelled.Value) : cancelled.Fault;
    }
}
