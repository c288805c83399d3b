using System.Text.Json.Serialization;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Attendee;

/// <param name="PageIndex">From 1, which it is if none is given.</param>
/// <param name="PageSize">1 to 200; 50 if none is given.</param>
public sealed record AttendeeListRequest(
    string? BventId, [property: JsonConverter(typeof(WholeNumber))] int? PageIndex, [property: JsonConverter(typeof(WholeNumber))] int? PageSize);

public sealed record AttendeeListReply(string BusinessMessage, int BusinessCode, AttendeeListData Data);

/// <summary>In the order in which they registered.</summary>
public sealed record AttendeeListData(int PageIndex, int PageSize, int TotalCount, IReadOnlyList<AttendeeData> Attendees);

public sealed record AttendeeData(
    Guid AttendeeId, string AttendeeTypeId, string Name, string Mobile, string Email, IReadOnlyList<RegisterField> Fields, IReadOnlyList<string> AgendaIds,
    string OrderNo, string OrderStatus, string CheckinCode, DateTimeOffset? CheckedInAt, string? CheckedInBy)
{
    public static AttendeeData Of(Features.Registrations.Attendee attendee, Order order) => new(
        attendee.PublicId, attendee.Type, attendee.Name, OrderAttendee.MobileOf(attendee), attendee.Email ?? "",
        [.. attendee.Fields.Select(f => new RegisterField(f.Key, f.Value))], attendee.Agendas, order.Number, order.Status.ToString(), attendee.CheckinCode,
        attendee.CheckedInAt, attendee.CheckedInBy);
}

public sealed class AttendeeListRequestValidator : AbstractValidator<AttendeeListRequest>
{
    /// <summary>A page further behind is asked for by nobody who pages.</summary>
    private const int MaxIndex = 1_000_000;

    public AttendeeListRequestValidator()
    {
        RuleFor(r => r.BventId).Required().Text(Meeting.MaxKey).Named("bventId");
        RuleFor(r => r.PageIndex).InclusiveBetween(1, MaxIndex).Named("pageIndex");
        RuleFor(r => r.PageSize).InclusiveBetween(1, AttendeeQuery.MaxPage).Named("pageSize");
    }
}

/// <summary><c>POST /op/api/Attendee/v1/list</c> <c>{bventId, pageIndex, pageSize}</c>: the attendees of a meeting of the app's environment.</summary>
internal sealed class AttendeeList(AppTokenService tokens, MeetingCatalog meetings, RegistrationReader reader)
    : BearerHandler<AttendeeListRequest, AttendeeListReply>(tokens, new AttendeeListRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("分页查询会议的参会人", "Attendees of a meeting, paged")
    {
        Text = "按报名先后；包括已取消的订单的参会人。",
        Reply = """
            {"businessMessage":"","businessCode":0,"data":{"pageIndex":1,"pageSize":50,"totalCount":1,"attendees":[
             {"attendeeId":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendeeTypeId":"a1000000-0000-4000-8000-000000000001","name":"李明","mobile":"13838383388","email":"",
              "fields":[{"fieldName":"FullName","fieldValue":"李明"},{"fieldName":"Mobile","fieldValue":"+8613838383388"}],"agendaIds":["c1000000-0000-4000-8000-000000000001"],
              "orderNo":"2111041526362863634","orderStatus":"Paid","checkinCode":"1475765432202956800","checkedInAt":null,"checkedInBy":null}]}}
            """,
        Faults = [FaultKind.UnknownMeeting],
        Demo = [new() { Body = """{"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f","pageIndex":1,"pageSize":50}""" }],
    };

    private const int DefaultSize = 50;

    protected override async Task<Outcome<AttendeeListReply>> HandleAsync(AttendeeListRequest request, AppEntry app, FaceCall call)
    {
        if (meetings.Find(request.BventId!) is not { } meeting || meeting.Environment.Id != app.Environment.Id)
        {
            return FaultKind.UnknownMeeting;
        }

        var (index, size) = (request.PageIndex ?? 1, request.PageSize ?? DefaultSize);
        var (rows, total) = await reader.NumberedAsync(meeting, new(), index, size);
        return new AttendeeListReply("", 0, new(index, size, total, [.. rows.Select(r => AttendeeData.Of(r.Attendee, r.Order))]));
    }
}

public sealed record CheckInRequest(string? CheckinCode);

public sealed record CheckInReply(string BusinessMessage, int BusinessCode, CheckInData Data);

/// <param name="CheckedInAt">When whoever has the code was let in: now, or the first time.</param>
public sealed record CheckInData(string BventId, DateTimeOffset CheckedInAt, string CheckedInBy, AttendeeData Attendee);

public sealed class CheckInRequestValidator : AbstractValidator<CheckInRequest>
{
    public CheckInRequestValidator() => RuleFor(r => r.CheckinCode).Required().Text(Meeting.MaxKey).Named("checkinCode");
}

/// <summary><c>POST /op/api/Attendee/v1/CheckIn</c> <c>{checkinCode}</c>.</summary>
internal sealed class CheckInCall(AppTokenService tokens, CheckInService checkIns) : BearerHandler<CheckInRequest, CheckInReply>(tokens, new CheckInRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("签到", "Check in")
    {
        Text = "第二次签到返回 40012，data 中是首次签到的时间。",
        Reply = """
            {"businessMessage":"","businessCode":0,"data":{"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f","checkedInAt":"2026-12-01T01:00:00+00:00","checkedInBy":"商城",
             "attendee":{"attendeeId":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendeeTypeId":"a1000000-0000-4000-8000-000000000001","name":"李明","mobile":"13838383388","email":"",
              "fields":[{"fieldName":"FullName","fieldValue":"李明"},{"fieldName":"Mobile","fieldValue":"+8613838383388"}],"agendaIds":["c1000000-0000-4000-8000-000000000001"],
              "orderNo":"2111041526362863634","orderStatus":"Paid","checkinCode":"1475765432202956800","checkedInAt":"2026-12-01T01:00:00+00:00","checkedInBy":"商城"}}}
            """,
        Faults = [FaultKind.NotFound, FaultKind.NotAllowedNow],
        Others =
        [
            """
            {"businessMessage":"已签到","businessCode":40012,"data":{"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f","checkedInAt":"2026-12-01T01:00:00+00:00","checkedInBy":"商城",
             "attendee":{"attendeeId":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendeeTypeId":"a1000000-0000-4000-8000-000000000001","name":"李明","mobile":"13838383388","email":"",
              "fields":[{"fieldName":"FullName","fieldValue":"李明"},{"fieldName":"Mobile","fieldValue":"+8613838383388"}],"agendaIds":["c1000000-0000-4000-8000-000000000001"],
              "orderNo":"2111041526362863634","orderStatus":"Paid","checkinCode":"1475765432202956800","checkedInAt":"2026-12-01T01:00:00+00:00","checkedInBy":"商城"}}}
            """,
        ],
        Demo = [new() { Body = """{"checkinCode":"{{checkin_code}}"}""" }],
    };

    protected override async Task<Outcome<CheckInReply>> HandleAsync(CheckInRequest request, AppEntry app, FaceCall call)
    {
        var done = await checkIns.EnterAsync(Bearer.ActorOf(app, call), app.Environment, request.CheckinCode!);
        if (!done.Ok)
        {
            return done.Fault;
        }

        var (order, attendee, meeting) = done.Value.Detail;
        var data = new CheckInData(meeting.Meeting.Key, attendee.CheckedInAt!.Value, attendee.CheckedInBy!, AttendeeData.Of(attendee, order));
        return done.Value is LetIn ? new CheckInReply("", 0, data) : new CheckInReply(AttendeeTexts.Get("Code_40012"), AttendeeFace.AlreadyCheckedIn, data);
    }
}
