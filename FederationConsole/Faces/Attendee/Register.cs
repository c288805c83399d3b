using System.ComponentModel;
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
    [property: Description("邀约码")] string? InvitationCode, [property: Description("会议id")] string? BventId, [property: Description("类别id")] string? AttendeeTypeId,
    [property: Description("参会人字段")] RegisterAttendee? Attendee, [property: Description("联系人(当联系人和参会人为同一人时不填)")] RegisterPurchaser? Purchaser,
    [property: Description("商品(门票商品必须)")] IReadOnlyList<RegisterItem?>? Items, [property: Description("日程")] IReadOnlyList<RegisterAgenda?>? Agendas);

public sealed record RegisterAttendee(IReadOnlyList<RegisterField?>? Fields);

/// <param name="FieldValue">Of an option its code; several with <c>;</c> or <c>,</c> between them, or as a list.</param>
public sealed record RegisterField(
    [property: Description("字段名")] string? FieldName, [property: JsonConverter(typeof(TypedText)), Description("字段值")] string? FieldValue);

public sealed record RegisterPurchaser(
    [property: Description("联系人姓名")] string? Name, [property: Description("手机区号(例如+86)")] string? AreaCode,
    [property: Description("联系人手机号")] string? Mobile, [property: Description("公司")] string? Company);

/// <param name="ItemSkuName">Not looked at: the ticket has a name of its own.</param>
public sealed record RegisterItem(
    [property: Description("商品id")] string? ItemSkuId, [property: Description("商品名称")] string? ItemSkuName,
    [property: JsonConverter(typeof(WholeNumber)), Description("数量")] int? Quantity);

public sealed record RegisterAgenda([property: Description("日程id")] string? AgendaId, [property: Description("父级商品id")] string? ParentSkuId);

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
        RuleFor(r => r.Attendee!.Fields!.Count).LessThanOrEqualTo(MaxFields).When(r => r.Attendee?.Fields is not null).Named("attendee.fields");
        RuleForEach(r => r.Attendee!.Fields).Required().SetValidator(new FieldValidator()!).When(r => r.Attendee?.Fields is not null).Named("attendee.fields");
        RuleFor(r => r.Items).Required().Named("items");
        RuleFor(r => r.Items!.Count).LessThanOrEqualTo(MaxItems).When(r => r.Items is not null).Named("items");
        RuleForEach(r => r.Items).Required().SetValidator(new ItemValidator()!).Named("items");
        RuleFor(r => r.Agendas!.Count).LessThanOrEqualTo(MaxFields).When(r => r.Agendas is not null).Named("agendas");
        RuleForEach(r => r.Agendas).SetValidator(new AgendaValidator()!).Named("agendas");
        RuleFor(r => r.Purchaser!.Name).Text(MaxText).When(r => r.Purchaser is not null).Named("purchaser.name");
        RuleFor(r => r.Purchaser!.Company).Text(MaxText).When(r => r.Purchaser is not null).Named("purchaser.company");
        RuleFor(r => r.Purchaser!.Mobile).Text(MaxText).When(r => r.Purchaser is not null).Named("purchaser.mobile");
    }

    private sealed class FieldValidator : AbstractValidator<RegisterField>
    {
        public FieldValidator() => RuleFor(f => f.FieldName).Required().Text(Meeting.MaxKey).Named("fieldName");
    }

    private sealed class ItemValidator : AbstractValidator<RegisterItem>
    {
        public ItemValidator()
        {
            RuleFor(i => i.ItemSkuId).Required().Text(Meeting.MaxKey).Named("itemSkuId");
            RuleFor(i => i.Quantity).Required().Named("quantity");
        }
    }

    private sealed class AgendaValidator : AbstractValidator<RegisterAgenda>
    {
        public AgendaValidator()
        {
            RuleFor(a => a.AgendaId).Text(Meeting.MaxKey).Named("agendaId");
            RuleFor(a => a.ParentSkuId).Text(Meeting.MaxKey).Named("parentSkuId");
        }
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
            FaultKind.InvitationRefused, FaultKind.RegistrationClosed, FaultKind.AgendaRefused,
        ],
        Others =
        [
            """
            {"businessMessage":"该手机或邮箱已报名本会议","businessCode":40008,"data":{"status":0,"orderId":"b0e50000-6b13-9276-9e47-08d99f646f52","orderNo":"2111041526362863634","orderStatus":"Paid",
             "orderAmount":0.0,"orderType":"Main","orderAttendees":[{"attendeeId":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendeeAbstractType":0,"name":"李***",
             "mobile":"156****4728","status":"","checkinCode":""}]}}
            """,
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
