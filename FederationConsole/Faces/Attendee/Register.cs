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
        RuleFor(r => r.BventId).Required().Text(Meeting.MaxKey).Named("BventId");
        RuleFor(r => r.AttendeeTypeId).Required().Text(Meeting.MaxKey).Named("AttendeeTypeId");
        RuleFor(r => r.InvitationCode).Text(Meeting.MaxKey).Named("InvitationCode");
        RuleFor(r => r.Attendee).Required().Named("Attendee");
        RuleFor(r => r.Attendee!.Fields!.Count).LessThanOrEqualTo(MaxFields).When(r => r.Attendee?.Fields is not null).Named("Fields");
        RuleForEach(r => r.Attendee!.Fields).Must(f => f?.FieldName is { Length: > 0 and <= Meeting.MaxKey }).When(r => r.Attendee?.Fields is not null).Named("FieldName");
        RuleFor(r => r.Items).Required().Must(items => items!.Count <= MaxItems).Named("Items");
        RuleForEach(r => r.Items).Must(i => i?.ItemSkuId is { Length: > 0 and <= Meeting.MaxKey }).Named("ItemSkuId");
        RuleForEach(r => r.Items).Must(i => i?.Quantity is not null).Named("Quantity");
        RuleFor(r => r.Agendas!.Count).LessThanOrEqualTo(MaxFields).When(r => r.Agendas is not null).Named("Agendas");
        RuleForEach(r => r.Agendas).Must(a => a is { AgendaId.Length: <= Meeting.MaxKey } or { AgendaId: null }).Named("AgendaId");
        RuleFor(r => r.Purchaser!.Name).Text(MaxText).When(r => r.Purchaser is not null).Named("Purchaser.Name");
        RuleFor(r => r.Purchaser!.Company).Text(MaxText).When(r => r.Purchaser is not null).Named("Purchaser.Company");
        RuleFor(r => r.Purchaser!.Mobile).Text(MaxText).When(r => r.Purchaser is not null).Named("Purchaser.Mobile");
    }
}

internal static class AttendeeValidation
{
    /// <summary>Messages name the field as the wire does.</summary>
    public static IRuleBuilderOptions<T, TProperty> Named<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string name) => rule.OverridePropertyName(name).WithName(name);
}

/// <summary><c>POST /op/notoken/api/Attendee/v1/Register</c>, with <c>Idempotency-Key</c> if the caller will.</summary>
internal sealed class Register(MeetingCatalog meetings, RegistrationService registrations, AppTokenService tokens)
    : FaceHandler<RegisterRequest, OrderReply>(new RegisterRequestValidator())
{
    protected override async Task<Outcome<OrderReply>> HandleAsync(RegisterRequest request, FaceCall call)
    {
        if (meetings.Find(request.BventId!) is not { } meeting)
        {
            return FaultKind.UnknownMeeting;
        }

        var done = await registrations.RegisterAsync(meeting, Asked(request), OrderOrigin.Api, call.Header("Idempotency-Key"));
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
