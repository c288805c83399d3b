using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Messages;

public enum MessageChannel
{
    Sms = 1,
    Mail = 2,
}

public enum MessageProvider
{
    /// <summary>Kept, shown in the console, sent to nobody.</summary>
    Inbox = 1,
    /// <summary>Posted to the customer's own gateway.</summary>
    Http = 2,
    /// <summary>Alibaba Cloud's text messages.</summary>
    Aliyun = 3,
    /// <summary>Mail alone.</summary>
    Smtp = 4,
}

public enum SmtpSecurity
{
    None,
    StartTls,
    Tls,
}

/// <summary>Who sends one environment's text messages or mails. Its secrets are encrypted.</summary>
public sealed class MessageSetting : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public MessageChannel Channel { get; init; }
    public MessageProvider Provider { get; set; }

    /// <summary>What is no secret: addresses, ids, the text, by the project file's names.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; set; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is: a JSON object of the same form, encrypted; null when none is set.</summary>
    public SealedText? Secrets { get; set; }

    public int Version { get; set; }
}

/// <summary>A message that the provider <see cref="MessageProvider.Inbox"/> kept. It holds a code in the clear: that is what it is for.</summary>
public sealed class InboxMessage : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public MessageChannel Channel { get; init; }

    /// <summary>E.164 or a lower-case mail address.</summary>
    public required string Target { get; init; }

    /// <summary>Of a mail.</summary>
    public string? Subject { get; init; }

    public required string Text { get; init; }

    /// <summary>PNG that a mail carries.</summary>
    public byte[]? Picture { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class MessageMapping : IEntityTypeConfiguration<MessageSetting>, IEntityTypeConfiguration<InboxMessage>
{
    public void Configure(EntityTypeBuilder<MessageSetting> builder)
    {
        builder.ToTable("MessageSettings").IsAudited();
        builder.Property(s => s.Settings).IsJson();
        builder.Property(s => s.Secrets).IsSecret();
        builder.Property(s => s.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(s => new { s.EnvironmentId, s.Channel }).IsUnique();
        builder.HasOne<Projects.ProjectEnvironment>().WithMany().HasForeignKey(s => s.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<InboxMessage> builder)
    {
        builder.ToTable("InboxMessages");
        builder.Property(m => m.Target).HasMaxLength(254);
        builder.Property(m => m.Subject).HasMaxLength(MessageRules.MaxSubject);
        builder.Property(m => m.Text).HasMaxLength(MessageRules.MaxText + 32);
        builder.HasIndex(m => new { m.EnvironmentId, m.Id });
        builder.HasIndex(m => new { m.EnvironmentId, m.Target, m.Id });
        builder.HasIndex(m => new { m.EnvironmentId, m.At });
    }
}
