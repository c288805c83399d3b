using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Traces;

public enum TraceCall
{
    /// <summary>Seed 002, 5.1.1: whether the identity is registered.</summary>
    RegisterCheck = 1,
    /// <summary>Seed 002, 5.1.2: a third-party login.</summary>
    ThirdParty = 2,
    /// <summary>A login with our own password.</summary>
    Password = 3,
    /// <summary>A third party was asked for what is no login: binding (seed 002, 5.1.6, 5.1.7, 5.1.9) or an e-mail (5.1.11).</summary>
    Verification = 4,
    /// <summary>A session is renewed, and the vendor whose account signed in was asked first (seed 003, 第二步 2).</summary>
    Renewal = 5,
    /// <summary>Seed 000: a browser redeems a login code by autoLogin.</summary>
    JointLogin = 6,
}

/// <summary>What became of asking the third party.</summary>
public enum TraceAnswer
{
    /// <summary>It was not asked: an earlier check failed, or the way in needs none.</summary>
    None = 0,
    Verified = 1,
    /// <summary>It said no.</summary>
    Refused = 2,
    /// <summary>It gave no answer that can be read.</summary>
    Failed = 3,
}

/// <summary>
/// One call of a login, as support wants to know of it. Handed to <see cref="SignInTraces"/> when the call is over; holds no token.
/// Texts longer than their column are cut when it is written.
/// </summary>
public sealed class SignInTrace : IEnvironmentOwned
{
    public const int MaxOpenId = 128;
    public const int MaxDetail = 200;

    public long Id { get; set; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>When the call was over.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Finds the same call in the log and in the audit lines.</summary>
    public required string RequestId { get; set; }

    public TraceCall Call { get; init; }

    /// <summary>As seed 002 numbers them; 0 for a way of our own.</summary>
    public int Source { get; init; }

    /// <summary>plugin_id as it was sent, or null.</summary>
    public string? AppKey { get; set; }

    /// <summary>As the client sent it: personal, and gone with its user (<see cref="TraceService.EraseAsync"/>).</summary>
    public string? OpenId { get; set; }

    /// <summary>0 where no user came of it.</summary>
    public UserId UserId { get; set; }

    /// <summary>Name of the <see cref="FaultKind"/>; null for a call that worked.</summary>
    public string? Fault { get; set; }

    public TraceAnswer Answer { get; set; }

    /// <summary>The vendor's own code when it said no, or the reason why there was no answer.</summary>
    public string? Code { get; set; }

    /// <summary>The vendor's words.</summary>
    public string? Detail { get; set; }

    /// <summary>Asking the third party took so long.</summary>
    public int AskedMilliseconds { get; set; }

    /// <summary>The whole call, without reading and writing HTTP.</summary>
    public int Milliseconds { get; set; }

    public string? Address { get; set; }
}

internal sealed class SignInTraceMapping : IEntityTypeConfiguration<SignInTrace>
{
    public void Configure(EntityTypeBuilder<SignInTrace> builder)
    {
        builder.ToTable("SignInTraces");
        builder.Property(t => t.RequestId).HasMaxLength(64);
        builder.Property(t => t.AppKey).HasMaxLength(64);
        builder.Property(t => t.OpenId).HasMaxLength(SignInTrace.MaxOpenId);
        builder.Property(t => t.Fault).HasMaxLength(32);
        builder.Property(t => t.Code).HasMaxLength(64);
        builder.Property(t => t.Detail).HasMaxLength(SignInTrace.MaxDetail);
        builder.Property(t => t.Address).HasMaxLength(64);
        builder.HasIndex(t => new { t.EnvironmentId, t.Id });
        builder.HasIndex(t => new { t.EnvironmentId, t.RequestId });
        // A call has one of the two: most end with a user, who leads to the open id, and each index costs every login a page.
        builder.HasIndex(t => new { t.EnvironmentId, t.OpenId, t.Id }).HasFilter("\"UserId\" = 0");
        builder.HasIndex(t => new { t.EnvironmentId, t.UserId, t.Id }).HasFilter("\"UserId\" <> 0");
    }
}
