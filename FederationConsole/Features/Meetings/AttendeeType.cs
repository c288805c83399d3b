using System.Text.Json.Serialization;
using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Meetings;

/// <summary>人群类别 of a meeting (seed 001, AttendeeTypeId): who may register, and the form that they fill in.</summary>
public sealed class AttendeeType : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long MeetingId { get; init; }

    /// <summary>AttendeeTypeId on the wire, unique in its meeting.</summary>
    public required string Key { get; init; }

    public required string Name { get; set; }

    /// <summary>Place among the meeting's types, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Only with an invitation code.</summary>
    public bool InvitationOnly { get; set; }

    /// <summary>The form, in its order.</summary>
    public IReadOnlyList<FormField> Fields { get; set; } = [];

    public int Version { get; set; }
}

/// <summary>One field of a form: an attribute by its type and bounds (<see cref="Attributes.AttributeShapes.ByType"/>), shown under a condition if there is one.</summary>
public sealed record FormField
{
    /// <summary>Fields whose names say what they mean (seed 001's example).</summary>
    public const string FullName = "FullName";
    public const string Mobile = "Mobile";
    public const string Email = "Email";

    /// <summary>FieldName on the wire: a letter, then letters, digits, <c>_</c>. Unique in its form in any case of letters.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required AttributeType Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Help { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Required { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? MaxLength { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Pattern { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal? Min { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal? Max { get; init; }

    public IReadOnlyList<AttributeOption> Options { get; init; } = [];

    /// <summary>Null: always shown. A field that is not shown is neither required nor kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ShowIf? ShowIf { get; init; }

    /// <summary>What <see cref="AttributeValue"/> reads and shows values by.</summary>
    [JsonIgnore]
    public AttributeDefinition Definition => new()
    {
        Id = Name, Name = Label, Description = Help, Type = Type, Required = Required, MaxLength = MaxLength, Pattern = Pattern, Min = Min, Max = Max, Options = Options,
    };
}

/// <summary>Shown where an earlier enum, multi-enum or boolean field of the same form has one of these values (codes; <c>true</c>, <c>false</c>).</summary>
public sealed record ShowIf(string Field, IReadOnlyList<string> Values);

internal sealed class AttendeeTypeMapping : IEntityTypeConfiguration<AttendeeType>
{
    public void Configure(EntityTypeBuilder<AttendeeType> builder)
    {
        builder.ToTable("AttendeeTypes").IsAudited();
        builder.Property(t => t.Key).HasMaxLength(Meeting.MaxKey);
        builder.Property(t => t.Name).HasMaxLength(Meeting.MaxName);
        builder.Property(t => t.Fields).IsJson();
        builder.Property(t => t.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(t => new { t.MeetingId, t.Key }).IsUnique();
        builder.HasOne<Meeting>().WithMany().HasForeignKey(t => t.MeetingId).OnDelete(DeleteBehavior.Cascade);
    }
}
