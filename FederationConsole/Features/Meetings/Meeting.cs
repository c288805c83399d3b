using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Meetings;

/// <summary>会议 (seed 001, BventId): what people register for, in one environment.</summary>
public sealed class Meeting : IEnvironmentOwned
{
    public const int MaxKey = 64;
    public const int MaxName = 100;

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>BventId on the wire: a GUID, or what a project file named. No two environments have the same, so it tells the environment.</summary>
    public required string Key { get; init; }

    public required string Name { get; set; }

    /// <summary>Where it is; empty: not said.</summary>
    public string Place { get; set; } = "";

    /// <summary>For the people who register; empty: none.</summary>
    public string Description { get; set; } = "";

    public DateTimeOffset StartsAt { get; set; }
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>Registration opens; null: at once.</summary>
    public DateTimeOffset? OpensAt { get; set; }

    /// <summary>Registration closes; null: when the meeting ends.</summary>
    public DateTimeOffset? ClosesAt { get; set; }

    /// <summary>Tickets at most, over all kinds; null: no limit.</summary>
    public int? Capacity { get; set; }

    /// <summary>Of <see cref="Capacity"/>. Changed by conditional updates alone (Registrations), never by who edits the meeting.</summary>
    public int Taken { get; set; }

    /// <summary>Called off: nobody registers any more, and who has is told.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>What attendees are sent, and when.</summary>
    public IReadOnlyList<MeetingMessage> Messages { get; set; } = [];

    public DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }
}

/// <summary>When a message of a meeting goes out.</summary>
public enum MeetingMessageKind
{
    /// <summary>When the order is paid (at once, if it costs nothing).</summary>
    Confirmation = 1,
    /// <summary><see cref="MeetingMessage.HoursBefore"/> the meeting starts.</summary>
    Reminder = 2,
    /// <summary>When the order or the meeting is called off.</summary>
    Cancellation = 3,
}

/// <summary>A template; what stands in braces in it, <see cref="MeetingMessageRules"/> says.</summary>
/// <param name="Mail">By mail, to those who gave one.</param>
/// <param name="Sms">By text message, to those who gave a mobile and are not reached by mail.</param>
public sealed record MeetingMessage(MeetingMessageKind Kind, bool Mail, bool Sms, string Subject, string MailText, string SmsText, int HoursBefore = 0);

internal sealed class MeetingMapping : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.ToTable("Meetings").IsAudited();
        builder.Property(m => m.Key).HasMaxLength(Meeting.MaxKey);
        builder.Property(m => m.Name).HasMaxLength(Meeting.MaxName);
        builder.Property(m => m.Place).HasMaxLength(200);
        builder.Property(m => m.Description).HasMaxLength(4000);
        builder.Property(m => m.Messages).IsJson();
        builder.Property(m => m.Taken).IsBookkeeping();
        builder.Property(m => m.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(m => m.Key).IsUnique();
        builder.HasIndex(m => new { m.EnvironmentId, m.StartsAt });
        builder.HasOne<ProjectEnvironment>().WithMany().HasForeignKey(m => m.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
