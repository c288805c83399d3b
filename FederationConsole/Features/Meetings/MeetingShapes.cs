using FederationConsole.Features.Attributes;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Meetings;

/// <summary>What a meeting and its parts must be: the one table that a project file is checked by, and the console's forms (<see cref="MeetingRules"/>).</summary>
public static class MeetingShapes
{
    public const int MaxPlace = 200;
    public const int MaxDescription = 4000;
    public const int MaxNote = 200;
    public const int MaxFields = 100;
    public const int MaxCodes = 100_000;

    public static readonly TextShape Id = Texts.Token(1, Meeting.MaxKey);
    public static readonly TextShape Code = Texts.Token(4, Meeting.MaxKey);

    private static readonly TextShape Name = Texts.Line(Meeting.MaxName);
    private static readonly TextShape Place = Texts.Line(MaxPlace, min: 0);
    private static readonly TimeShape Time = new();
    private static readonly NumberShape Limit = new(1, 1_000_000);
    private static readonly ListShape AttendeeTypeIds = new(Id) { Whole = true };

    public static readonly VariantShape FormField = AttributeShapes.ByType(new ObjectShape(
        new("name", Texts.Identifier(64), "FieldName on the wire; Mobile, Email and FullName are what they say, and texts.", Required: true),
        new("label", Name, "What people read.", Required: true),
        new("help", Texts.Line(200, min: 0), "Below the field."),
        new("required", new FlagShape(), "Whether an attendee must fill it in."),
        new("showIf", new ObjectShape(
            new("field", Texts.Identifier(64), "An earlier enum, multi-enum or boolean field of the form.", Required: true),
            new("values", new ListShape(Texts.Line(64), 100) { Whole = true, Min = 1 }, "Codes of it, true or false: with any of them the field is shown.", Required: true)), "null: always shown.", Nullable: true)));

    public static readonly ObjectShape AttendeeType = new(
        new("id", Id, "AttendeeTypeId; without it a type is found by its name."),
        new("name", Name, "What people read.", Required: true),
        new("invitationOnly", new FlagShape(), "Whether an invitation code is needed; false."),
        new("fields", new ListShape(FormField, MaxFields) { Identity = [["name"]], Whole = true }, "The form, in its order."));

    public static readonly ObjectShape Ticket = new(
        new("skuId", Id, "ItemSkuId; without it a ticket is found by its name."),
        new("name", Name, "ItemSkuName.", Required: true),
        new("price", new NumberShape(0, 1_000_000, 2), "In yuan; 0 is free."),
        new("quota", Limit, "How many there are; null: as many as the meeting holds.", Nullable: true),
        new("attendeeTypeIds", AttendeeTypeIds, "Who may have it; empty: everyone."),
        new("perOrder", new NumberShape(1, 100), "How many one order may take; 1."),
        new("saleFrom", Time, "Sold from then on; null: while registration is open.", Nullable: true),
        new("saleUntil", Time, "Sold until then; null: while registration is open.", Nullable: true))
    {
        InOrder = [("saleFrom", "saleUntil")],
    };

    public static readonly ObjectShape Agenda = new(
        new("id", Id, "AgendaId; without it an agenda is found by its name."),
        new("name", Name, "What people read.", Required: true),
        new("place", Place, "Where it is; empty: not said."),
        new("startsAt", Time, "First minute.", Required: true),
        new("endsAt", Time, "After startsAt.", Required: true),
        new("capacity", Limit, "Attendees at most; null: no limit.", Nullable: true),
        new("parentSkuId", Id, "The ticket that it takes; null: any.", Nullable: true),
        new("overlap", new FlagShape(), "Whether it may be chosen beside another at the same time; false."))
    {
        InOrder = [("startsAt", "endsAt")],
    };

    public static readonly ObjectShape InvitationCode = new(
        new("code", Code, "What people type.", Required: true),
        new("maxUses", Limit, "null: no limit.", Nullable: true),
        new("attendeeTypeIds", AttendeeTypeIds, "Whom it lets in; empty: everyone."),
        new("expiresAt", Time, "null: never.", Nullable: true),
        new("note", Texts.Line(MaxNote, min: 0), "For administrators: to whom it went."));

    public static readonly ObjectShape Whole = new(
        new("id", Id, "BventId; without it a meeting is found by its name."),
        new("name", Name, "What people read.", Required: true),
        new("place", Place, "Where it is; empty: not said."),
        new("description", Texts.Paragraphs(MaxDescription, min: 0), "For the people who register."),
        new("startsAt", Time, "First minute.", Required: true),
        new("endsAt", Time, "After startsAt.", Required: true),
        new("opensAt", Time, "Registration opens; null: at once.", Nullable: true),
        new("closesAt", Time, "Registration closes; null: when the meeting ends.", Nullable: true),
        new("capacity", Limit, "Tickets at most, over all kinds; null: no limit.", Nullable: true),
        new("messages", new ListShape(MeetingMessageShapes.Message) { Identity = [["kind"]] }, "What attendees are sent."),
        new("attendeeTypes", new ListShape(AttendeeType) { Identity = [["id"], ["name"]] }, "人群类别."),
        new("items", new ListShape(Ticket) { Identity = [["skuId"], ["name"]] }, "Tickets."),
        new("agendas", new ListShape(Agenda) { Identity = [["id"], ["name"]] }, "日程."),
        new("invitationCodes", new ListShape(InvitationCode, MaxCodes) { Identity = [["code"]] }, "邀约码."))
    {
        InOrder = [("startsAt", "endsAt"), ("opensAt", "closesAt")],
    };
}
