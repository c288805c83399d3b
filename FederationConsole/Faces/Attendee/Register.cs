using System.Text.Json;
using System.Text.Json.Serialization;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Attendee;

/// <summary>Seed 001, Register.</summary>
public sealed record RegisterRequest(
    string? InvitationCode, string? BventId, string? AttendeeTypeId, RegisterAttendee? Attendee, RegisterPurchaser? Purchaser,
    IReadOnlyList<RegisterItem?>? Items, IReadOnlyList<RegisterAgenda?>? Agendas);

public sealed record RegisterAttendee(IReadOnlyList<RegisterField?>? Fields);

/// <param name="FieldValue">Of an option its code; several with <c>;</c> or <c>,</c> between them, or as a list.</param>
public sealed record RegisterField(string? FieldName, [property: JsonConverter(typeof(TypedText))] string? FieldValue);

public sealed record RegisterPurchaser(string? Name, string? AreaCode, string? Mobile, string? Company);

public sealed record RegisterItem(string? ItemSkuId, string? ItemSkuName, [property: JsonConverter(typeof(WholeNumber))] int? Quantity);

public sealed record RegisterAgenda(string? AgendaId, string? ParentSkuId);

public sealed class RegisterRequestValidator : AbstractValidator<RegisterRequest>
{
    private const int MaxFields = 200;
    private const int MaxItems = 50;
    private const int MaxText = 100;

    public RegisterRequestValidator()
    {
        RuleFor(r => r.BventId).Required().Text(Meeting.MaxKey).Named("bventId");
        RuleFor(r => r.AttendeeTypeId).Required().Text(Meeting.MaxKey).Named("attendeeTypeId");
        RuleFor(r => r.InvitationCode).Text(Meeting.MaxKey).Named("invitationCode");
        RuleFor(r => r.Attendee).Required().Named("attendee");
        RuleFor(r => r.Attendee!.Fields!.Count).LessThanOrEqualTo(MaxFields).When(r => r.Attendee?.Fields is not null).Named("fields");
        RuleForEach(r => r.Attendee!.Fields).Must(f => f?.FieldName is { Length: > 0 and <= Meeting.MaxKey }).When(r => r.Attendee?.Fields is not null).Named("fieldName");
        RuleFor(r => r.Items).Required().Must(items => items!.Count <= MaxItems).Named("items");
        RuleForEach(r => r.Items).Must(i => i?.ItemSkuId is { Length: > 0 and <= Meeting.MaxKey }).Named("itemSkuId");
        RuleForEach(r => r.Items).Must(i => i?.Quantity is not null).Named("quantity");
        RuleFor(r => r.Agendas!.Count).LessThanOrEqualTo(MaxFields).When(r => r.Agendas is not null).Named("agendas");
        RuleForEach(r => r.Agendas).Must(a => a is { AgendaId.Length: <= Meeting.MaxKey } or { AgendaId: null }).Named("agendaId");
        RuleFor(r => r.Purchaser!.Name).Text(MaxText).When(r => r.Purchaser is not null).Named("purchaser.name");
        RuleFor(r => r.Purchaser!.Company).Text(MaxText).When(r => r.Purchaser is not null).Named("purchaser.company");
        RuleFor(r => r.Purchaser!.Mobile).Text(MaxText).When(r => r.Purchaser is not null).Named("purchaser.mobile");
    }
}

internal static class AttendeeValidation
{
    /// <summary>Messages name the field as the wire does.</summary>
    public static IRuleBuilderOptions<T, TProperty> Named<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string name) => rule.OverridePropertyName(name).WithName(name);
}

/// <summary><c>POST /op/notoken/api/Attendee/v1/Register</c>, with <c>Idempotency-Key</c> if the caller will.</summary>
internal sealed class Register(MeetingCatalog meetings, RegistrationService registrations, AppTokenService tokens)
    : FaceHandler<RegisterRequest, OrderReply>(new RegisterRequestValidator()), IDocumented
{
    private const string IdempotencyKey = "Idempotency-Key";

    public static Documentation Documentation => new("注册参会人", "Register an attendee")
    {
        Seed = "001",
        Text = "如果要使用参会人的相关功能,就需要将用户注册为参会人才能使用。\n\n注册参会人之前,首先要在主办方后台创建会议和创建人群类别。选项型字段需要传code值过来不要传文本过来。\n\n手机或邮箱必须要有一个",
        Request = """
            {"bventId":"","AttendeeTypeId":"","Attendee":{"Fields":[{"fieldName":"FullName","fieldValue":"测试姓名"},{"fieldName":"Mobile","fieldValue":""},
             {"fieldName":"Email","fieldValue":"邮箱"},{"fieldName":"Company","fieldValue":"公司测试"},{"fieldName":"Position","fieldValue":"职位"}]},
             "Items":[{"ItemSkuId":"","ItemSkuName":"嘉宾","Quantity":1}]}
            """,
        Reply = """
            {"businessMessage":"","businessCode":0,"data":{"status":0,"orderId":"b0e50000-6b13-9276-9e47-08d99f646f52","orderNo":"2111041526362863634","orderStatus":"Paid",
             "orderAmount":0.0,"orderType":"Main","orderAttendees":[{"attendeeId":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendeeAbstractType":0,"name":"test姓名",
             "mobile":"15647474728","status":"","checkinCode":"1475765432202956800"}]}}
            """,
        Parameters = [Parameter.Header(IdempotencyKey, "24 小时内，同一请求用同一值重试得到同一结果")],
        Faults =
        [
            FaultKind.UnknownMeeting, FaultKind.UnknownAttendeeType, FaultKind.ContactMissing, FaultKind.OptionUnknown, FaultKind.TicketUnknown, FaultKind.SoldOut,
            FaultKind.Taken, FaultKind.InvitationRefused, FaultKind.RegistrationClosed, FaultKind.AgendaRefused,
        ],
        Demo =
        [
            new()
            {
                Body = """
                    {"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f","AttendeeTypeId":"a1000000-0000-4000-8000-000000000001",
                     "Attendee":{"Fields":[{"fieldName":"FullName","fieldValue":"李明"},{"fieldName":"Mobile","fieldValue":"138{{run}}"},{"fieldName":"Company","fieldValue":"示例公司"}]},
                     "Items":[{"ItemSkuId":"b1000000-0000-4000-8000-000000000001","ItemSkuName":"嘉宾票","Quantity":1}],
                     "Agendas":[{"AgendaId":"c1000000-0000-4000-8000-000000000001"}]}
                    """,
                Captures = [new("order_no", "data.orderNo"), new("checkin_code", "data.orderAttendees[0].checkinCode")],
            },
            new()
            {
                Name = ("待支付的订单", "An order that waits for its payment"),
                Body = """
                    {"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f","AttendeeTypeId":"a1000000-0000-4000-8000-000000000002",
                     "Attendee":{"Fields":[{"fieldName":"FullName","fieldValue":"王芳"},{"fieldName":"Mobile","fieldValue":"139{{run}}"}]},
                     "Items":[{"ItemSkuId":"b1000000-0000-4000-8000-000000000003","ItemSkuName":"工作坊票","Quantity":"1"}]}
                    """,
                Captures = [new("unpaid_order_no", "data.orderNo")],
            },
        ],
    };

    protected override async Task<Outcome<OrderReply>> HandleAsync(RegisterRequest request, FaceCall call)
    {
        if (meetings.Find(request.BventId!) is not { } meeting)
        {
            return FaultKind.UnknownMeeting;
        }

        var done = await registrations.RegisterAsync(meeting, Asked(request), OrderOrigin.Api, call.Header(IdempotencyKey));
        return !done.Ok ? done.Fault : done.Value switch
        {
            Existing existing => new OrderReply(
                AttendeeTexts.Get("Code_40008"), AttendeeFace.AlreadyRegistered, OrderData.Of(existing.Order, existing.Attendee, Knows(call, meeting))),
            var made => new OrderReply("", 0, OrderData.Of(made.Order, made.Attendee, whole: true)),
        };
    }

    /// <summary>Whoever knows a mobile can ask for it here, and must not be given another person's name and the code that lets in.</summary>
    private bool Knows(FaceCall call, MeetingEntry meeting) =>
        call.Header("Authorization") is not null && Bearer.Check(tokens, call) is { Ok: true } app && app.Value.Environment.Id == meeting.Environment.Id;

    private static RegistrationAsked Asked(RegisterRequest request) => new(
        request.AttendeeTypeId!,
        [.. (request.Attendee!.Fields ?? []).Select(f => new AskedField(f!.FieldName!, f.FieldValue ?? ""))],
        [.. request.Items!.Select(i => new AskedItem(i!.ItemSkuId!, i.Quantity!.Value))])
    {
        Agendas = [.. (request.Agendas ?? []).Where(a => !string.IsNullOrEmpty(a?.AgendaId)).Select(a => new AskedAgenda(a!.AgendaId!, string.IsNullOrEmpty(a.ParentSkuId) ? null : a.ParentSkuId))],
        Purchaser = request.Purchaser is { } p ? new(p.Name, p.AreaCode, p.Mobile, p.Company) : null,
        InvitationCode = request.InvitationCode,
    };
}
