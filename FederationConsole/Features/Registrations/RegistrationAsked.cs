namespace FederationConsole.Features.Registrations;

/// <summary>What somebody asks for with a registration, as it was sent: nothing of it is checked yet.</summary>
/// <param name="AttendeeType">AttendeeTypeId.</param>
public sealed record RegistrationAsked(string AttendeeType, IReadOnlyList<AskedField> Fields, IReadOnlyList<AskedItem> Items)
{
    /// <summary>Of an Idempotency-Key.</summary>
    public const int MaxKey = 255;

    public IReadOnlyList<AskedAgenda> Agendas { get; init; } = [];

    /// <summary>Null: the attendee orders.</summary>
    public AskedPurchaser? Purchaser { get; init; }

    public string? InvitationCode { get; init; }
}

/// <param name="Name">Of a field of the form, in any case of letters.</param>
/// <param name="Value">As people type it: the code of an option, several codes with <c>;</c> or <c>,</c> between them, <c>true</c>, a number.</param>
public sealed record AskedField(string Name, string Value);

/// <param name="Sku">ItemSkuId.</param>
public sealed record AskedItem(string Sku, int Quantity);

/// <param name="ParentSku">The ticket that the caller says it is of; null: not said.</param>
public sealed record AskedAgenda(string Agenda, string? ParentSku);

/// <param name="AreaCode">Such as <c>+86</c>, which it is if none is given.</param>
public sealed record AskedPurchaser(string? Name, string? AreaCode, string? Mobile, string? Company);

/// <summary>How a registration ended.</summary>
public abstract record Registration(Order Order, Attendee Attendee);

/// <summary>Made now, or by the same call before (<see cref="RegisterKey"/>).</summary>
public sealed record Registered(Order Order, Attendee Attendee) : Registration(Order, Attendee);

/// <summary>The mobile or e-mail stood in this meeting already: the earlier order. Nothing was taken.</summary>
public sealed record Existing(Order Order, Attendee Attendee) : Registration(Order, Attendee);
