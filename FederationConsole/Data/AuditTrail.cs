using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Data;

/// <summary>One field that a change touched, as the audit page shows it.</summary>
public sealed record FieldChange(string Entity, string Key, string Field, string? Before, string? After);

/// <summary>How an entity's mapping says what the audit trail may show of it.</summary>
public static class AuditAnnotations
{
    internal const string Audited = "Audit:Audited";
    internal const string Shown = "Audit:Shown";
    internal const string Nothing = "no";

    /// <summary>Every change of such a row must come with an audit line, or the write fails.</summary>
    public static EntityTypeBuilder<T> IsAudited<T>(this EntityTypeBuilder<T> builder)
        where T : class => builder.HasAnnotation(Audited, true);

    /// <summary>A secret or a hash: the line says that it changed, never what it is.</summary>
    public static PropertyBuilder<T> IsSecret<T>(this PropertyBuilder<T> builder) => builder.HasAnnotation(Shown, "secret");

    /// <summary>Personal data: the line shows a mask, so that erasure need not rewrite a chained line.</summary>
    public static PropertyBuilder<T> IsPersonal<T>(this PropertyBuilder<T> builder) => builder.HasAnnotation(Shown, "personal");

    /// <summary>Bookkeeping (a row version, a time stamp) that says nothing to a reader: changed alone, it needs no line.</summary>
    public static PropertyBuilder<T> IsBookkeeping<T>(this PropertyBuilder<T> builder) => builder.HasAnnotation(Shown, Nothing);
}

/// <summary>Turns what EF tracked into the field-by-field part of an audit line.</summary>
internal static class AuditTrail
{
    private static readonly AuditJson Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>Whether the change must come with a line. What touches bookkeeping alone would make a line that says nothing.</summary>
    public static bool IsAudited(EntityEntry entry) =>
        entry.Metadata.FindAnnotation(AuditAnnotations.Audited) is not null &&
        entry.State switch
        {
            EntityState.Added or EntityState.Deleted => true,
            EntityState.Modified => entry.Properties.Any(p => p.IsModified && Shown(p.Metadata) != AuditAnnotations.Nothing),
            _ => false,
        };

    public static string? Describe(IReadOnlyList<EntityEntry> entries)
    {
        var changes = entries.SelectMany(Changes).ToList();
        return changes.Count == 0 ? null : JsonSerializer.Serialize(changes, Json.ListFieldChange);
    }

    public static IReadOnlyList<FieldChange> Read(string? changes) =>
        changes is null ? [] : JsonSerializer.Deserialize(changes, Json.ListFieldChange) ?? [];

    private static IEnumerable<FieldChange> Changes(EntityEntry entry)
    {
        var entity = entry.Metadata.ClrType.Name;
        var key = string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(p => Text(entry.Property(p.Name).CurrentValue)));
        foreach (var property in entry.Properties)
        {
            var shown = Shown(property.Metadata);
            if (shown == AuditAnnotations.Nothing || property.Metadata.IsPrimaryKey() || property.Metadata.Name == nameof(IEnvironmentOwned.EnvironmentId))
            {
                continue;
            }

            var before = entry.State == EntityState.Added ? null : property.OriginalValue;
            var after = entry.State == EntityState.Deleted ? null : property.CurrentValue;
            if (!Equals(property.Metadata, before, after))
            {
                yield return new(entity, key, property.Metadata.Name, Show(shown, before), Show(shown, after));
            }
        }
    }

    private static string? Shown(IProperty property) => property.FindAnnotation(AuditAnnotations.Shown)?.Value as string;

    private static bool Equals(IProperty property, object? before, object? after) => property.GetValueComparer().Equals(before, after);

    private static string? Show(string? shown, object? value) => (shown, Text(value)) switch
    {
        (_, null) => null,
        ("secret", _) => "•••",
        ("personal", { } text) => Mask.Of(text),
        (_, { } text) => text,
    };

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

[JsonSerializable(typeof(List<FieldChange>))]
internal sealed partial class AuditJson : JsonSerializerContext;
