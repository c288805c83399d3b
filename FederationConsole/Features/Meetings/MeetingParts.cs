using FederationConsole.Features.Attributes;

namespace FederationConsole.Features.Meetings;

/// <summary>Between rows and drafts, both ways. What is taken, versions and the calling off are in no draft.</summary>
public static class MeetingParts
{
    private const int Fen = 100;

    /// <summary>Its own fields and messages, not its parts.</summary>
    public static MeetingDraft Draft(Meeting meeting) => new()
    {
        Id = meeting.Key, Name = meeting.Name, Place = meeting.Place, Description = meeting.Description,
        StartsAt = meeting.StartsAt, EndsAt = meeting.EndsAt, OpensAt = meeting.OpensAt, ClosesAt = meeting.ClosesAt,
        Capacity = meeting.Capacity, Messages = [.. meeting.Messages.Select(Draft)],
    };

    public static AttendeeTypeDraft Draft(AttendeeType type) =>
        new() { Id = type.Key, Name = type.Name, InvitationOnly = type.InvitationOnly, Fields = [.. type.Fields.Select(Draft)] };

    public static FieldDraft Draft(FormField field) => new()
    {
        Name = field.Name, Label = field.Label, Type = field.Type, Help = field.Help, Required = field.Required ? true : null,
        MaxLength = field.MaxLength, Pattern = field.Pattern, Min = field.Min, Max = field.Max,
        Options = field.Options.Count == 0 ? null : field.Options, ShowIf = field.ShowIf,
    };

    public static TicketDraft Draft(Ticket ticket) => new()
    {
        SkuId = ticket.Key, Name = ticket.Name, Price = ticket.PriceFen / (decimal)Fen, Quota = ticket.Quota, AttendeeTypeIds = ticket.AttendeeTypes,
        PerOrder = ticket.PerOrder, SaleFrom = ticket.SaleFrom, SaleUntil = ticket.SaleUntil,
    };

    public static AgendaDraft Draft(Agenda agenda) => new()
    {
        Id = agenda.Key, Name = agenda.Name, Place = agenda.Place, StartsAt = agenda.StartsAt, EndsAt = agenda.EndsAt,
        Capacity = agenda.Capacity, ParentSkuId = agenda.ParentSku, Overlap = agenda.Overlaps,
    };

    public static CodeDraft Draft(InvitationCode code) =>
        new() { Code = code.Code, MaxUses = code.MaxUses, AttendeeTypeIds = code.AttendeeTypes, ExpiresAt = code.ExpiresAt, Note = code.Note };

    public static MessageDraft Draft(MeetingMessage message) => new()
    {
        Kind = message.Kind, Mail = message.Mail, Sms = message.Sms, Subject = message.Subject, MailText = message.MailText, SmsText = message.SmsText,
        HoursBefore = message.Kind == MeetingMessageKind.Reminder ? message.HoursBefore : null,
    };

    /// <summary>Its own fields, without messages and parts.</summary>
    public static void Set(Meeting meeting, MeetingDraft draft)
    {
        (meeting.Name, meeting.Place, meeting.Description) = (draft.Name, draft.Place ?? "", draft.Description ?? "");
        (meeting.StartsAt, meeting.EndsAt, meeting.OpensAt, meeting.ClosesAt) = (draft.StartsAt, draft.EndsAt, draft.OpensAt, draft.ClosesAt);
        meeting.Capacity = draft.Capacity;
    }

    public static void Set(AttendeeType type, AttendeeTypeDraft draft)
    {
        (type.Name, type.InvitationOnly) = (draft.Name, draft.InvitationOnly ?? false);
        type.Fields = [.. (draft.Fields ?? []).Select(Field)];
    }

    public static void Set(Ticket ticket, TicketDraft draft)
    {
        (ticket.Name, ticket.PriceFen, ticket.Quota) = (draft.Name, (int)((draft.Price ?? 0) * Fen), draft.Quota);
        (ticket.PerOrder, ticket.SaleFrom, ticket.SaleUntil) = (draft.PerOrder ?? 1, draft.SaleFrom, draft.SaleUntil);
        ticket.AttendeeTypes = draft.AttendeeTypeIds ?? [];
    }

    public static void Set(Agenda agenda, AgendaDraft draft)
    {
        (agenda.Name, agenda.Place, agenda.StartsAt, agenda.EndsAt) = (draft.Name, draft.Place ?? "", draft.StartsAt, draft.EndsAt);
        (agenda.Capacity, agenda.ParentSku, agenda.Overlaps) = (draft.Capacity, draft.ParentSkuId, draft.Overlap ?? false);
    }

    public static void Set(InvitationCode code, CodeDraft draft)
    {
        (code.MaxUses, code.ExpiresAt, code.Note) = (draft.MaxUses, draft.ExpiresAt, draft.Note ?? "");
        code.AttendeeTypes = draft.AttendeeTypeIds ?? [];
    }

    public static FormField Field(FieldDraft draft) => new()
    {
        Name = draft.Name, Label = draft.Label, Type = draft.Type, Help = string.IsNullOrEmpty(draft.Help) ? null : draft.Help, Required = draft.Required ?? false,
        MaxLength = draft.MaxLength, Pattern = draft.Pattern, Min = draft.Min, Max = draft.Max,
        Options = draft.Options ?? [], ShowIf = draft.ShowIf,
    };

    /// <summary>What the draft leaves out is the product's own.</summary>
    public static MeetingMessage Message(MessageDraft draft)
    {
        var own = MeetingMessageRules.Default(draft.Kind);
        return new(
            draft.Kind, draft.Mail ?? own.Mail, draft.Sms ?? own.Sms, draft.Subject ?? own.Subject, draft.MailText ?? own.MailText, draft.SmsText ?? own.SmsText,
            draft.HoursBefore ?? own.HoursBefore);
    }
}
