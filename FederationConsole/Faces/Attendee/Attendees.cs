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
        RuleFor(r => r.BventId).Required().Text(Meeting.MaxKey).Named("BventId");
        RuleFor(r => r.PageIndex).InclusiveBetween(1, MaxIndex).Named("pageIndex");
        RuleFor(r => r.PageSize).InclusiveBetween(1, AttendeeQuery.MaxPage).Named("pageSize");
    }
}

/// <summary><c>POST /op/api/Attendee/v1/list</c> <c>{bventId, pageIndex, pageSize}</c>: the attendees of a meeting of the app's environment.</summary>
internal sealed class AttendeeList(AppTokenService tokens, MeetingCatalog meetings, RegistrationReader reader)
    : BearerHandler<AttendeeListRequest, AttendeeListReply>(tokens, new AttendeeListRequestValidator())
{
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
internal sealed class CheckInCall(AppTokenService tokens, CheckInService checkIns) : BearerHandler<CheckInRequest, CheckInReply>(tokens, new CheckInRequestValidator())
{
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
