using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Registrations;

/// <summary>参会人: one person at one meeting, by one order.</summary>
public sealed class Attendee : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long MeetingId { get; init; }
    public long OrderId { get; init; }

    /// <summary>attendeeId on the wire.</summary>
    public Guid PublicId { get; init; }

    /// <summary>Key of the attendee type.</summary>
    public required string Type { get; init; }

    /// <summary>What the field FullName holds; empty where the form has none.</summary>
    public string Name { get; set; } = "";

    /// <summary>E.164.</summary>
    public string? Mobile { get; set; }

    /// <summary>Lower case.</summary>
    public string? Email { get; set; }

    /// <summary>
    /// <see cref="Mobile"/> while this one stands in the way of another with the same; null once the order is over. Unique in the meeting.
    /// </summary>
    public string? HeldMobile { get; set; }

    /// <inheritdoc cref="HeldMobile"/>
    public string? HeldEmail { get; set; }

    /// <summary>All fields of the form by name, as canonical texts (<see cref="Attributes.AttributeValue"/>).</summary>
    public IReadOnlyDictionary<string, string> Fields { get; set; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Keys of the agendas that were chosen.</summary>
    public IReadOnlyList<string> Agendas { get; init; } = [];

    /// <summary>The environment's user with that mobile or e-mail, verified; null where there is none.</summary>
    public UserId? UserId { get; set; }

    /// <summary>19 random digits, the first none: whoever has them sees the ticket and is let in.</summary>
    public required string CheckinCode { get; init; }

    public DateTimeOffset? CheckedInAt { get; set; }

    /// <summary>The administrator or app that did.</summary>
    public string? CheckedInBy { get; set; }

    /// <summary>Once the order is closed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>Idempotency-Key of a Register: honoured for 24 hours (faces.md).</summary>
public sealed class RegisterKey : IEnvironmentOwned
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long MeetingId { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>SHA-256 of what was asked with it: the same key for something else is refused.</summary>
    public required byte[] Request { get; init; }

    public long OrderId { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A message that an attendee is owed, written in the transaction of what it tells of.</summary>
public sealed class AttendeeNotice : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long MeetingId { get; init; }
    public long AttendeeId { get; init; }
    public MeetingMessageKind Kind { get; init; }

    /// <summary>When it is tried next; null once it is over.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }
    public int Tries { get; set; }

    public const int MaxError = 500;

    /// <summary>The provider's word of the last try, for administrators.</summary>
    public string? LastError { get; set; }
}

internal sealed class AttendeeMapping : IEntityTypeConfiguration<Attendee>, IEntityTypeConfiguration<RegisterKey>, IEntityTypeConfiguration<AttendeeNotice>
{
    public void Configure(EntityTypeBuilder<Attendee> builder)
    {
        builder.ToTable("Attendees");
        builder.Property(a => a.Type).HasMaxLength(Meeting.MaxKey);
        builder.Property(a => a.Name).HasMaxLength(200);
        builder.Property(a => a.Mobile).HasMaxLength(20);
        builder.Property(a => a.Email).HasMaxLength(254);
        builder.Property(a => a.HeldMobile).HasMaxLength(20);
        builder.Property(a => a.HeldEmail).HasMaxLength(254);
        builder.Property(a => a.Fields).IsJson();
        builder.Property(a => a.Agendas).IsJson();
        builder.Property(a => a.CheckinCode).HasMaxLength(19);
        builder.Property(a => a.CheckedInBy).HasMaxLength(128);
        builder.HasIndex(a => new { a.MeetingId, a.HeldMobile }).IsUnique().HasFilter("\"HeldMobile\" IS NOT NULL");
        builder.HasIndex(a => new { a.MeetingId, a.HeldEmail }).IsUnique().HasFilter("\"HeldEmail\" IS NOT NULL");
        builder.HasIndex(a => new { a.MeetingId, a.Id });
        builder.HasIndex(a => new { a.EnvironmentId, a.Mobile });
        builder.HasIndex(a => a.CheckinCode).IsUnique();
        builder.HasIndex(a => a.PublicId).IsUnique();
        builder.HasIndex(a => a.OrderId);
        builder.HasIndex(a => a.UserId).HasFilter("\"UserId\" IS NOT NULL");
        builder.HasOne<Meeting>().WithMany().HasForeignKey(a => a.MeetingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Order>().WithMany().HasForeignKey(a => a.OrderId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<RegisterKey> builder)
    {
        builder.ToTable("RegisterKeys");
        builder.HasIndex(k => new { k.MeetingId, k.Hash }).IsUnique();
        builder.HasIndex(k => k.ExpiresAt);
        builder.HasOne<Order>().WithMany().HasForeignKey(k => k.OrderId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AttendeeNotice> builder)
    {
        builder.ToTable("AttendeeNotices");
        builder.Property(n => n.LastError).HasMaxLength(AttendeeNotice.MaxError);
        builder.HasIndex(n => new { n.AttendeeId, n.Kind }).IsUnique();
        builder.HasIndex(n => n.DueAt).HasFilter("\"DueAt\" IS NOT NULL");
        builder.HasIndex(n => new { n.MeetingId, n.Id });
        builder.HasOne<Attendee>().WithMany().HasForeignKey(n => n.AttendeeId).OnDelete(DeleteBehavior.Cascade);
    }
}
