using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Attendee;

public sealed record TypeListRequest(string? BventId);

/// <summary>As the vendor prints it (faces.md).</summary>
public sealed record TypeListReply(int BusinessCode, string BusinessMessage, TypeListData Data);

public sealed record TypeListData(IReadOnlyList<TypeData> AttendeeTypes);

public sealed record TypeData(string Id, string Name, IReadOnlyList<TicketData> Tickets, IReadOnlyList<FieldData> Fields);

/// <param name="IsCanSale">On sale now, and something is left of it and of the meeting.</param>
public sealed record TicketData(string Id, string Name, bool IsCanSale, IReadOnlyList<AgendaRelation> RelationAgendasTree);

/// <summary>An agenda that can be chosen with the ticket.</summary>
public sealed record AgendaRelation(string Id, string SkuId, string AgendaId);

/// <param name="FieldOptions">Empty of a field that is typed.</param>
public sealed record FieldData(string FieldName, string DisplayName, IReadOnlyList<OptionData> FieldOptions);

/// <param name="Code">What Register takes.</param>
public sealed record OptionData(string Id, string Code, string OptionDescribe);

public sealed class TypeListRequestValidator : AbstractValidator<TypeListRequest>
{
    public TypeListRequestValidator() => RuleFor(r => r.BventId).Required().Text(Meeting.MaxKey).Named("bventId");
}

/// <summary><c>POST /op/api/AttendeeType/v1/list</c>: what Register needs to know of a meeting.</summary>
internal sealed class TypeList(MeetingCatalog meetings, RegistrationReader reader, TimeProvider clock) : FaceHandler<TypeListRequest, TypeListReply>(new TypeListRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("获取人群类别、门票和动态字段", "Attendee types, tickets and fields of a meeting")
    {
        Text = "注册参会人所需的参数：类别、门票、字段名和选项 code。不需要令牌。",
        Reply = """
            {"businessCode":0,"businessMessage":"","data":{"attendeeTypes":[{"id":"a1000000-0000-4000-8000-000000000001","name":"嘉宾",
             "tickets":[{"id":"b1000000-0000-4000-8000-000000000001","name":"嘉宾票","isCanSale":true,"relationAgendasTree":[
              {"id":"b1000000-0000-4000-8000-000000000001/c1000000-0000-4000-8000-000000000001","skuId":"b1000000-0000-4000-8000-000000000001","agendaId":"c1000000-0000-4000-8000-000000000001"}]}],
             "fields":[{"fieldName":"Industry","displayName":"行业","fieldOptions":[{"id":"Industry/it","code":"it","optionDescribe":"信息技术"}]}]}]}}
            """,
        Faults = [FaultKind.UnknownMeeting],
        Demo = [new() { Body = """{"bventId":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f"}""" }],
    };

    protected override async Task<Outcome<TypeListReply>> HandleAsync(TypeListRequest request, FaceCall call)
    {
        if (meetings.Find(request.BventId!) is not { } meeting)
        {
            return FaultKind.UnknownMeeting;
        }

        var (left, now) = (await reader.LeftAsync(meeting), clock.GetUtcNow());
        var open = RegistrationPlan.StateOf(meeting.Meeting, now) == RegistrationState.Open;
        return new TypeListReply(0, "", new([.. meeting.Types.Select(type => new TypeData(
            type.Key, type.Name,
            [.. meeting.Tickets.Where(t => RegistrationPlan.IsFor(t, type)).Select(t => new TicketData(
                t.Key, t.Name, open && RegistrationPlan.IsOnSale(t, now) && left.Of(t) > 0,
                [.. meeting.Agendas.Where(a => a.ParentSku is null || a.ParentSku == t.Key).Select(a => new AgendaRelation($"{t.Key}/{a.Key}", t.Key, a.Key))]))],
            [.. type.Fields.Select(f => new FieldData(f.Name, f.Label, [.. f.Options.Select(o => new OptionData($"{f.Name}/{o.Code}", o.Code, o.Label))]))]))]));
    }
}
