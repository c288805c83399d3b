using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Attributes;

/// <summary>
/// The attributes that the users of one environment have (seed 003): of development what is edited, of production what was
/// published last. An environment without a row has none.
/// </summary>
public sealed class AttributeSchema
{
    /// <summary>Far more than a form bears.</summary>
    public const int MaxAttributes = 200;

    public EnvironmentId EnvironmentId { get; init; }
    public ProjectId ProjectId { get; init; }

    /// <summary>In the order in which forms show them.</summary>
    public IReadOnlyList<AttributeDefinition> Attributes { get; set; } = [];

    /// <summary>Of production the number of the published version, from 1; 0 before, and in development.</summary>
    public int Number { get; set; }

    public int Version { get; set; }
}

/// <summary>The schema in force in an environment.</summary>
/// <param name="Number">As <see cref="AttributeSchema.Number"/>.</param>
public sealed record SchemaInForce(int Number, IReadOnlyList<AttributeDefinition> Attributes)
{
    public static readonly SchemaInForce Empty = new(0, []);

    private readonly FrozenDictionary<string, AttributeDefinition> _byId = Attributes.ToFrozenDictionary(a => a.Id, StringComparer.Ordinal);

    public AttributeDefinition? Find(string id) => _byId.GetValueOrDefault(id);
}

internal sealed class AttributeSchemaMapping : IEntityTypeConfiguration<AttributeSchema>
{
    public void Configure(EntityTypeBuilder<AttributeSchema> builder)
    {
        builder.ToTable("AttributeSchemas").IsAudited();
        builder.HasKey(s => s.EnvironmentId);
        builder.Property(s => s.Attributes).IsJson();
        builder.Property(s => s.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(s => s.ProjectId);
        builder.HasOne<ProjectEnvironment>().WithMany().HasForeignKey(s => s.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
