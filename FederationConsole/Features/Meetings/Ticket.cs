using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Meetings;

/// <summary>门票商品 of a meeting (seed 001, ItemSkuId).</summary>
public sealed class Ticket : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long MeetingId { get; init; }

    /// <summary>ItemSkuId on the wire, unique in its meeting.</summary>
    public required string Key { get; init; }

    public required string Name { get; set; }

    /// <summary>Place among the meeting's tickets, from 0.</summary>
    public int Position { get; set; }

    /// <summary>In fen, 0 is free.</summary>
    public int PriceFen { get; set; }

    /// <summary>How many there are; null: as many as the meeting holds.</summary>
    public int? Quota { get; set; }

    /// <summary>Of <see cref="Quota"/>. Changed by conditional updates alone (Registrations), never by who edits the ticket.</summary>
    public int Taken { get; set; }

    /// <summary>How many one order may take.</summary>
    public int PerOrder { get; set; } = 1;

    /// <summary>Sold from then on; null: while registration is open.</summary>
    public DateTimeOffset? SaleFrom { get; set; }

    /// <summary>Sold until then; null: while registration is open.</summary>
    public DateTimeOffset? SaleUntil { get; set; }

    /// <summary>Keys of the attendee types that may have it; empty: all.</summary>
    public IReadOnlyList<string> AttendeeTypes { get; set; } = [];

    public int Version { get; set; }
}

/// <summary>日程 of a meeting (seed 001, AgendaId): what an attendee can sign up for besides.</summary>
public sealed class Agenda : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long MeetingId { get; init; }

    /// <summary>AgendaId on the wire, unique in its meeting.</summary>
    public required string Key { get; init; }

    public required string Name { get; set; }

    /// <summary>Where it is; empty: not said.</summary>
    public string Place { get; set; } = "";

    public DateTimeOffset StartsAt { get; set; }
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>Attendees at most; null: no limit.</summary>
    public int? Capacity { get; set; }

    /// <summary>Of <see cref="Capacity"/>. Changed by conditional updates alone (Registrations), never by who edits the agenda.</summary>
    public int Taken { get; set; }

    /// <summary>Key of the ticket that it takes (ParentSkuId); null: any.</summary>
    public string? ParentSku { get; set; }

    /// <summary>The clash rule: two agendas whose times meet cannot both be chosen, unless one of them allows it.</summary>
    public bool Overlaps { get; set; }

    public int Version { get; set; }

    /// <summary>The clash rule. One may begin when the other ends; none clashes with itself.</summary>
    public bool Clashes(Agenda other) => Key != other.Key && StartsAt < other.EndsAt && other.StartsAt < EndsAt && !Overlaps && !other.Overlaps;
}

/// <summary>邀约码 of a meeting (seed 001, InvitationCode).</summary>
public sealed class InvitationCode : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long MeetingId { get; init; }

    /// <summary>What people type; unique in its meeting, exact.</summary>
    public required string Code { get; init; }

    /// <summary>Orders at most; null: no limit.</summary>
    public int? MaxUses { get; set; }

    /// <summary>Of <see cref="MaxUses"/>. Changed by conditional updates alone (Registrations), never by who edits the code.</summary>
    public int Uses { get; set; }

    /// <summary>Keys of the attendee types that it lets in; empty: all.</summary>
    public IReadOnlyList<string> AttendeeTypes { get; set; } = [];

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>For administrators: to whom it went. Empty: nothing.</summary>
    public string Note { get; set; } = "";

    public int Version { get; set; }
}

internal sealed class TicketMapping : IEntityTypeConfiguration<Ticket>, IEntityTypeConfiguration<Agenda>, IEntityTypeConfiguration<InvitationCode>
{
    public void Configure(EntityTypeBuilder<Ticket> builder)
    {
        builder.ToTable("Tickets").IsAudited();
        builder.Property(t => t.Key).HasMaxLength(Meeting.MaxKey);
        builder.Property(t => t.Name).HasMaxLength(Meeting.MaxName);
        builder.Property(t => t.AttendeeTypes).IsJson();
        builder.Property(t => t.Taken).IsBookkeeping();
        builder.Property(t => t.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(t => new { t.MeetingId, t.Key }).IsUnique();
        builder.HasOne<Meeting>().WithMany().HasForeignKey(t => t.MeetingId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Agenda> builder)
    {
        builder.ToTable("Agendas").IsAudited();
        builder.Property(a => a.Key).HasMaxLength(Meeting.MaxKey);
        builder.Property(a => a.Name).HasMaxLength(Meeting.MaxName);
        builder.Property(a => a.Place).HasMaxLength(200);
        builder.Property(a => a.ParentSku).HasMaxLength(Meeting.MaxKey);
        builder.Property(a => a.Taken).IsBookkeeping();
        builder.Property(a => a.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(a => new { a.MeetingId, a.Key }).IsUnique();
        builder.HasOne<Meeting>().WithMany().HasForeignKey(a => a.MeetingId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<InvitationCode> builder)
    {
        builder.ToTable("InvitationCodes").IsAudited();
        builder.Property(c => c.Code).HasMaxLength(Meeting.MaxKey);
        builder.Property(c => c.AttendeeTypes).IsJson();
        builder.Property(c => c.Note).HasMaxLength(200);
        builder.Property(c => c.Uses).IsBookkeeping();
        builder.Property(c => c.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(c => new { c.MeetingId, c.Code }).IsUnique();
        builder.HasOne<Meeting>().WithMany().HasForeignKey(c => c.MeetingId).OnDelete(DeleteBehavior.Cascade);
    }
}
