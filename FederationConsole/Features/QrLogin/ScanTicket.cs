using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.QrLogin;

/// <summary>How far a ticket came. That it is over follows from <see cref="ScanTicket.ExpiresAt"/> and the clock.</summary>
public enum TicketStatus
{
    Waiting = 1,
    Scanned = 2,
    Confirmed = 3,
    Cancelled = 4,
}

/// <summary>What a confirmed ticket is good for, and nothing else.</summary>
public enum TicketPurpose
{
    /// <summary>An auth_code for an app.</summary>
    App = 0,
    /// <summary>A page that the console shows its administrators: behaves as an app's, and neither counts nor is redeemed.</summary>
    Preview = 1,
    /// <summary>An administrator signs in to the console.</summary>
    ConsoleSignIn = 2,
    /// <summary>An administrator binds the user who confirms.</summary>
    ConsoleBinding = 3,
}

/// <summary>
/// One QR code and the one login that may come of it. The code shows the ticket (128 random bits); what is collected with it
/// needs the page's second secret, which is not in the code. Both are kept as SHA-256 alone.
/// </summary>
public sealed class ScanTicket : IEnvironmentOwned
{
    /// <summary>Seed 004: 二维码过期(5分钟).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Seed 004: auth_code 有效期10分钟, from the confirmation on.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    public const int MaxState = 512;

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>0 for a ticket of the console itself.</summary>
    public AppId AppId { get; init; }

    public TicketPurpose Purpose { get; init; }

    public required byte[] Hash { get; init; }
    public required byte[] SecretHash { get; init; }

    /// <summary>Of the auth_code, which follows from ticket and secret (<see cref="TicketKeys"/>): nobody can redeem it before the confirmation.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>Where the browser goes afterwards; null where the page stands in the app's own page (SDK).</summary>
    public string? RedirectUri { get; init; }

    /// <summary>What the app wants back beside the auth_code (RFC 6749, 4.1.1).</summary>
    public string? State { get; init; }

    /// <summary>The browser, system, place and address of whoever asked for the code; shown on the phone before it is confirmed.</summary>
    public required string Browser { get; init; }
    public required string System { get; init; }
    public required string Place { get; init; }
    public string? Address { get; init; }
    public string? Client { get; init; }

    /// <summary>Two digits that the page shows and the phone must pick; 0 where numbers are not matched.</summary>
    public int Number { get; init; }

    /// <summary>The number among its decoys, in the order that the phone shows.</summary>
    public IReadOnlyList<int> Numbers { get; init; } = [];

    public TicketStatus Status { get; set; }

    /// <summary>The first user to scan owns the ticket.</summary>
    public UserId? UserId { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ScannedAt { get; set; }

    /// <summary>When it was confirmed or cancelled.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Cancelled by the wrong number and not by the person.</summary>
    public bool NumberWasWrong { get; set; }

    public DateTimeOffset? RedeemedAt { get; set; }

    /// <summary>What the auth_code was redeemed for.</summary>
    public SessionId? SessionId { get; set; }
}

internal sealed class ScanTicketMapping : IEntityTypeConfiguration<ScanTicket>
{
    public void Configure(EntityTypeBuilder<ScanTicket> builder)
    {
        builder.ToTable("ScanTickets");
        builder.Property(t => t.RedirectUri).HasMaxLength(Addresses.MaxLength);
        builder.Property(t => t.State).HasMaxLength(ScanTicket.MaxState);
        builder.Property(t => t.Browser).HasMaxLength(64);
        builder.Property(t => t.System).HasMaxLength(64);
        builder.Property(t => t.Place).HasMaxLength(64);
        builder.Property(t => t.Address).HasMaxLength(64);
        builder.Property(t => t.Client).HasMaxLength(256);
        builder.Property(t => t.Numbers).IsJson();
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => t.CodeHash).IsUnique();
        builder.HasIndex(t => new { t.EnvironmentId, t.AppId, t.Id });
        // Most tickets are never scanned, and fewer are redeemed.
        builder.HasIndex(t => t.UserId).HasFilter("\"UserId\" IS NOT NULL");
        builder.HasIndex(t => t.SessionId).HasFilter("\"SessionId\" IS NOT NULL");
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
