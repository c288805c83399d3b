using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FederationConsole.Data;

/// <summary>A small immutable value kept as JSON text, the same on both databases; compared, and audited, by that text.</summary>
public static class JsonColumn
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
        where T : class => property.HasConversion(new Converter<T>(), new Comparer<T>());

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static T Value<T>(string text)
        where T : class => JsonSerializer.Deserialize<T>(text, Options) ?? throw new InvalidDataException($"A {typeof(T).Name} column holds null.");

    private sealed class Converter<T>() : ValueConverter<T, string>(value => Text(value), text => Value<T>(text))
        where T : class;

    private sealed class Comparer<T>() : ValueComparer<T>((a, b) => Text(a) == Text(b), value => Text(value).GetHashCode(StringComparison.Ordinal), value => value)
        where T : class;
}
