using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.AppTokens;

/// <summary>The refresh tokens that follow from one purchase, from the first refresh on. Which of them is next is all that is kept.</summary>
public sealed class AppTokenFamily
{
    /// <summary>Is in every token of the family.</summary>
    public long Id { get; init; }

    public EnvironmentId EnvironmentId { get; init; }
    public AppId AppId { get; init; }

    /// <summary>Number of the one refresh token that is still good; the first is 0.</summary>
    public int Generation { get; set; }

    /// <summary>When that one is over.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>A refresh token came a second time: none of the family is good any more (RFC 9700 4.14.2).</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class AppTokenFamilyMapping : IEntityTypeConfiguration<AppTokenFamily>
{
    public void Configure(EntityTypeBuilder<AppTokenFamily> builder)
    {
        builder.ToTable("AppTokenFamilies");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.HasIndex(f => f.ExpiresAt);
        builder.HasOne<App>().WithMany().HasForeignKey(f => f.AppId).OnDelete(DeleteBehavior.Cascade);
    }
}
