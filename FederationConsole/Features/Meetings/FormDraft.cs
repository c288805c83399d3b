using System.Globalization;
using System.Text.Json;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Meetings;

/// <summary>A form of the set-up while it is typed. Its properties bear the names that faults bear, as texts, since anything can be typed.</summary>
public abstract class FormDraft(TimeZoneInfo zone, int version)
{
    private const string LocalForm = "yyyy-MM-dd'T'HH:mm";

    private string? before;

    /// <summary>What it was filled from; 0 for a new one.</summary>
    public int Version { get; } = version;

    public bool IsDirty => before is not null && Stamp != before;

    /// <summary>For people, by the key of the field's name: what two drafts are compared by.</summary>
    public abstract IEnumerable<(string Name, string Value)> Shown { get; }

    /// <summary>All that is typed.</summary>
    protected virtual string Stamp => JsonSerializer.Serialize(Shown.Select(s => s.Value));

    /// <summary>At the end of the constructor: what is typed from then on is unsaved.</summary>
    protected void Begin() => before = Stamp;

    /// <summary>A time in the project's zone, as the browser's input takes it.</summary>
    protected string Local(DateTimeOffset? at) =>
        at is { } time ? TimeZoneInfo.ConvertTime(time, zone).ToString(LocalForm, CultureInfo.InvariantCulture) : "";

    /// <summary>What is no time, or no number, is the first fault of the reading.</summary>
    protected DateTimeOffset? Time(string field, string text, ref Fault? fault)
    {
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            return new DateTimeOffset(at, zone.GetUtcOffset(at));
        }

        fault ??= text.Trim().Length == 0 ? null : new Fault(FaultKind.Invalid, field, MeetingTexts.Say("Form.Time"));
        return null;
    }

    protected DateTimeOffset NeededTime(string field, string text, ref Fault? fault)
    {
        var at = Time(field, text, ref fault);
        fault ??= at is null ? new Fault(FaultKind.Missing, field) : null;
        return at ?? default;
    }

    protected static decimal? Number(string field, string text, ref Fault? fault)
    {
        if (decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        fault ??= text.Trim().Length == 0 ? null : new Fault(FaultKind.Invalid, field, MeetingTexts.Say("Form.Number"));
        return null;
    }

    protected static int? Whole(string field, string text, ref Fault? fault)
    {
        var number = Number(field, text, ref fault);
        if (number is null)
        {
            return null;
        }

        if (decimal.Truncate(number.Value) == number && Math.Abs(number.Value) < int.MaxValue)
        {
            return (int)number.Value;
        }

        fault ??= new Fault(FaultKind.Invalid, field, MeetingTexts.Say("Form.Whole"));
        return null;
    }

    protected static string Text(decimal? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    protected static string Json<T>(T value) => JsonSerializer.Serialize(value, StrictJsonReader.Options);
}

/// <summary>A meeting's own fields.</summary>
public sealed class MeetingForm : FormDraft
{
    public MeetingForm(TimeZoneInfo zone, Meeting? from)
        : base(zone, from?.Version ?? 0)
    {
        (Name, Place, Description) = (from?.Name ?? "", from?.Place ?? "", from?.Description ?? "");
        (StartsAt, EndsAt, OpensAt, ClosesAt) = (Local(from?.StartsAt), Local(from?.EndsAt), Local(from?.OpensAt), Local(from?.ClosesAt));
        Capacity = Text(from?.Capacity);
        Begin();
    }

    public string Name { get; set; }
    public string Place { get; set; }
    public string Description { get; set; }
    public string StartsAt { get; set; }
    public string EndsAt { get; set; }
    public string OpensAt { get; set; }
    public string ClosesAt { get; set; }
    public string Capacity { get; set; }

    public override IEnumerable<(string Name, string Value)> Shown =>
    [
        (nameof(Name), Name), (nameof(Place), Place), (nameof(StartsAt), StartsAt), (nameof(EndsAt), EndsAt), (nameof(OpensAt), OpensAt),
        (nameof(ClosesAt), ClosesAt), (nameof(Capacity), Capacity), (nameof(Description), Description),
    ];

    public Outcome<MeetingDraft> Read()
    {
        Fault? fault = null;
        var draft = new MeetingDraft
        {
            Name = Name.Trim(), Place = Place.Trim(), Description = Description.Replace("\r\n", "\n", StringComparison.Ordinal).Trim(),
            StartsAt = NeededTime("startsAt", StartsAt, ref fault), EndsAt = NeededTime("endsAt", EndsAt, ref fault),
            OpensAt = Time("opensAt", OpensAt, ref fault), ClosesAt = Time("closesAt", ClosesAt, ref fault), Capacity = Whole("capacity", Capacity, ref fault),
        };
        return fault is { } wrong ? wrong : draft;
    }
}

public sealed class TicketForm : FormDraft
{
    public TicketForm(TimeZoneInfo zone, Ticket? from)
        : base(zone, from?.Version ?? 0)
    {
        var draft = from is null ? new TicketDraft { Name = "", PerOrder = 1, Price = 0 } : MeetingParts.Draft(from);
        Key = from?.Key;
        (Name, Price, Quota, PerOrder) = (draft.Name, Text(draft.Price), Text(draft.Quota), Text(draft.PerOrder));
        (SaleFrom, SaleUntil) = (Local(draft.SaleFrom), Local(draft.SaleUntil));
        AttendeeTypeIds = [.. draft.AttendeeTypeIds ?? []];
        Begin();
    }

    public string? Key { get; }
    public string Name { get; set; }
    public string Price { get; set; }
    public string Quota { get; set; }
    public string PerOrder { get; set; }
    public string SaleFrom { get; set; }
    public string SaleUntil { get; set; }
    public List<string> AttendeeTypeIds { get; }

    public override IEnumerable<(string Name, string Value)> Shown =>
    [
        (nameof(Name), Name), (nameof(Price), Price), (nameof(Quota), Quota), (nameof(PerOrder), PerOrder), (nameof(SaleFrom), SaleFrom),
        (nameof(SaleUntil), SaleUntil), (nameof(AttendeeTypeIds), string.Join(' ', AttendeeTypeIds.Order(StringComparer.Ordinal))),
    ];

    public Outcome<TicketDraft> Read()
    {
        Fault? fault = null;
        var draft = new TicketDraft
        {
            SkuId = Key, Name = Name.Trim(), Price = Number("price", Price, ref fault), Quota = Whole("quota", Quota, ref fault), PerOrder = Whole("perOrder", PerOrder, ref fault),
            SaleFrom = Time("saleFrom", SaleFrom, ref fault), SaleUntil = Time("saleUntil", SaleUntil, ref fault), AttendeeTypeIds = AttendeeTypeIds,
        };
        return fault is { } wrong ? wrong : draft;
    }
}

public sealed class AgendaForm : FormDraft
{
    /// <param name="zone">The project's.</param>
    /// <param name="from">Null for a new one.</param>
    /// <param name="meeting">A new one begins where the meeting does.</param>
    public AgendaForm(TimeZoneInfo zone, Agenda? from, Meeting meeting)
        : base(zone, from?.Version ?? 0)
    {
        Key = from?.Key;
        (Name, Place, Overlap) = (from?.Name ?? "", from?.Place ?? "", from?.Overlaps ?? false);
        (StartsAt, EndsAt) = (Local(from?.StartsAt ?? meeting.StartsAt), Local(from?.EndsAt ?? meeting.StartsAt.AddHours(1)));
        (Capacity, ParentSkuId) = (Text(from?.Capacity), from?.ParentSku ?? "");
        Begin();
    }

    public string? Key { get; }
    public string Name { get; set; }
    public string Place { get; set; }
    public string StartsAt { get; set; }
    public string EndsAt { get; set; }
    public string Capacity { get; set; }
    public string ParentSkuId { get; set; }
    public bool Overlap { get; set; }

    public override IEnumerable<(string Name, string Value)> Shown =>
    [
        (nameof(Name), Name), (nameof(Place), Place), (nameof(StartsAt), StartsAt), (nameof(EndsAt), EndsAt),
        (nameof(Capacity), Capacity), (nameof(ParentSkuId), ParentSkuId), (nameof(Overlap), Overlap ? "true" : ""),
    ];

    public Outcome<AgendaDraft> Read()
    {
        Fault? fault = null;
        var draft = new AgendaDraft
        {
            Id = Key, Name = Name.Trim(), Place = Place.Trim(), StartsAt = NeededTime("startsAt", StartsAt, ref fault), EndsAt = NeededTime("endsAt", EndsAt, ref fault),
            Capacity = Whole("capacity", Capacity, ref fault), ParentSkuId = ParentSkuId.Length == 0 ? null : ParentSkuId, Overlap = Overlap,
        };
        return fault is { } wrong ? wrong : draft;
    }
}

/// <summary>One invitation code, or what many are made by.</summary>
public sealed class CodeForm : FormDraft
{
    public CodeForm(TimeZoneInfo zone, InvitationCode? from)
        : base(zone, from?.Version ?? 0)
    {
        (Code, MaxUses, ExpiresAt, Note) = (from?.Code ?? "", from is null ? "1" : Text(from.MaxUses), Local(from?.ExpiresAt), from?.Note ?? "");
        AttendeeTypeIds = [.. from?.AttendeeTypes ?? []];
        Begin();
    }

    public string Code { get; set; }
    public string MaxUses { get; set; }
    public string ExpiresAt { get; set; }
    public string Note { get; set; }
    public List<string> AttendeeTypeIds { get; }

    /// <summary>Of many.</summary>
    public string Count { get; set; } = "100";

    /// <inheritdoc cref="Count"/>
    public string Prefix { get; set; } = "";

    public override IEnumerable<(string Name, string Value)> Shown =>
    [
        (nameof(Code), Code), (nameof(MaxUses), MaxUses), (nameof(ExpiresAt), ExpiresAt), (nameof(Note), Note),
        (nameof(AttendeeTypeIds), string.Join(' ', AttendeeTypeIds.Order(StringComparer.Ordinal))),
    ];

    public Outcome<CodeDraft> Read()
    {
        Fault? fault = null;
        var draft = new CodeDraft
        {
            Code = Code.Trim(), MaxUses = Whole("maxUses", MaxUses, ref fault), ExpiresAt = Time("expiresAt", ExpiresAt, ref fault), Note = Note.Trim(), AttendeeTypeIds = AttendeeTypeIds,
        };
        return fault is { } wrong ? wrong : draft;
    }

    public Outcome<CodeBatch> ReadBatch()
    {
        Fault? fault = null;
        var count = Whole("count", Count, ref fault);
        var draft = Read();
        return fault is { } wrong ? wrong : !draft.Ok ? draft.Fault : new CodeBatch(count ?? 0, Prefix.Trim(), draft.Value);
    }
}
