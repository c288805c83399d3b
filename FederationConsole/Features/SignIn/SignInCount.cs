using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.SignIn;

/// <summary>Logins of one hour, by way in and result: what the charts are drawn from. Statistics, not records.</summary>
public sealed class SignInCount : IEnvironmentOwned
{
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>The hour's beginning, UTC.</summary>
    public DateTimeOffset Hour { get; init; }

    /// <summary>The source, as seed 002 numbers them; 0 for a way of our own.</summary>
    public int Source { get; init; }

    /// <summary>Empty for a login that worked, else the name of the <see cref="FaultKind"/>.</summary>
    public required string Result { get; init; }

    public int Count { get; set; }
    public int NewUsers { get; set; }
}

internal sealed class SignInCountMapping : IEntityTypeConfiguration<SignInCount>
{
    public void Configure(EntityTypeBuilder<SignInCount> builder)
    {
        builder.ToTable("SignInCounts");
        builder.Property(c => c.Result).HasMaxLength(32);
        builder.HasKey(c => new { c.EnvironmentId, c.Hour, c.Source, c.Result });
    }
}
