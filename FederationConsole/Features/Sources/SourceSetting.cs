using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Sources;

/// <summary>Seed 002's third parties by their numbers, and Alipay, which its text names without one (faces.md gives 9).</summary>
public enum SourceKind
{
    WeChat = 4,
    QQ = 5,
    Weibo = 6,
    Facebook = 7,
    Twitter = 8,
    Alipay = 9,
    Standard = 10,
    Apple = 12,
    Google = 13,
}

/// <summary>A third party as it is set up in one environment (应用中心-集成-免验证登录). Its secrets are encrypted.</summary>
public sealed class SourceSetting : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public SourceKind Source { get; init; }

    /// <summary>The app key, where a third party is set up by app (Apple, Google); empty elsewhere.</summary>
    public string PluginId { get; init; } = "";

    public bool Enabled { get; set; }

    /// <summary>What is no secret: addresses, ids, by the project file's names.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; set; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is: a JSON object of the same form, encrypted; null when none is set.</summary>
    public SealedText? Secrets { get; set; }

    public int Version { get; set; }
}

internal sealed class SourceSettingMapping : IEntityTypeConfiguration<SourceSetting>
{
    public void Configure(EntityTypeBuilder<SourceSetting> builder)
    {
        builder.ToTable("SourceSettings").IsAudited();
        builder.Property(s => s.PluginId).HasMaxLength(64);
        builder.Property(s => s.Settings).IsJson();
        builder.Property(s => s.Secrets).IsSecret();
        builder.Property(s => s.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(s => new { s.EnvironmentId, s.Source, s.PluginId }).IsUnique();
        builder.HasOne<Projects.ProjectEnvironment>().WithMany().HasForeignKey(s => s.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
