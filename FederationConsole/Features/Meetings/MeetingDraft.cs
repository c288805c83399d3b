using FederationConsole.Features.Attributes;

namespace FederationConsole.Features.Meetings;

/// <summary>A meeting as a project file or a form says it; what it must be, <see cref="MeetingShapes"/> says.</summary>
public sealed record MeetingDraft
{
    /// <summary>BventId; null: the product makes one.</summary>
    public string? Id { get; init; }
    public required string Name { get; init; }
    public string? Place { get; init; }
    public string? Description { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    /// <summary>Null: registration is open at once.</summary>
    public DateTimeOffset? OpensAt { get; init; }
    /// <summary>Null: until the meeting ends.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
    /// <summary>Tickets at most; null: no limit.</summary>
    public int? Capacity { get; init; }
    public IReadOnlyList<MessageDraft>? Messages { get; init; }
    public IReadOnlyList<AttendeeTypeDraft>? AttendeeTypes { get; init; }
    public IReadOnlyList<TicketDraft>? Items { get; init; }
    public IReadOnlyList<AgendaDraft>? Agendas { get; init; }
    public IReadOnlyList<CodeDraft>? InvitationCodes { get; init; }
}

/// <summary>人群类别, with the form that its attendees fill in.</summary>
public sealed record AttendeeTypeDraft
{
    /// <summary>AttendeeTypeId; null: the product makes one.</summary>
    public string? Id { get; init; }
    public required string Name { get; init; }
    public bool? InvitationOnly { get; init; }
    public IReadOnlyList<FieldDraft>? Fields { get; init; }
}

/// <summary>A field of a form.</summary>
public sealed record FieldDraft
{
    public required string Name { get; init; }
    public required string Label { get; init; }
    public required AttributeType Type { get; init; }
    public string? Help { get; init; }
    public bool? Required { get; init; }
    public int? MaxLength { get; init; }
    public string? Pattern { get; init; }
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    public IReadOnlyList<AttributeOption>? Options { get; init; }
    public ShowIf? ShowIf { get; init; }
}

/// <summary>A ticket.</summary>
public sealed record TicketDraft
{
    /// <summary>ItemSkuId; null: the product makes one.</summary>
    public string? SkuId { get; init; }
    public required string Name { get; init; }
    /// <summary>In yuan, to the fen; null: free.</summary>
    public decimal? Price { get; init; }
    /// <summary>Null: as many as the meeting holds.</summary>
    public int? Quota { get; init; }
    /// <summary>Who may have it; null or empty: everyone.</summary>
    public IReadOnlyList<string>? AttendeeTypeIds { get; init; }
    /// <summary>Null: 1.</summary>
    public int? PerOrder { get; init; }
    public DateTimeOffset? SaleFrom { get; init; }
    public DateTimeOffset? SaleUntil { get; init; }
}

public sealed record AgendaDraft
{
    /// <summary>AgendaId; null: the product makes one.</summary>
    public string? Id { get; init; }
    public required string Name { get; init; }
    public string? Place { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    /// <summary>Null: no limit.</summary>
    public int? Capacity { get; init; }
    /// <summary>The ticket that it takes; null: any.</summary>
    public string? ParentSkuId { get; init; }
    public bool? Overlap { get; init; }
}

/// <summary>An invitation code.</summary>
public sealed record CodeDraft
{
    public required string Code { get; init; }
    /// <summary>Null: no limit.</summary>
    public int? MaxUses { get; init; }
    /// <summary>Whom it lets in; null or empty: everyone.</summary>
    public IReadOnlyList<string>? AttendeeTypeIds { get; init; }
    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public string? Note { get; init; }
}

/// <summary>A message of a meeting.</summary>
public sealed record MessageDraft
{
    public required MeetingMessageKind Kind { get; init; }
    public bool? Mail { get; init; }
    public bool? Sms { get; init; }
    public string? Subject { get; init; }
    public string? MailText { get; init; }
    public string? SmsText { get; init; }
    /// <summary>Of a reminder alone.</summary>
    public int? HoursBefore { get; init; }
}
