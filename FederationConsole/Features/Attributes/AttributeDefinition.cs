using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FederationConsole.Features.Attributes;

/// <summary>What values a user attribute holds. Members are written in JSON in lower case with hyphens: <c>multi-enum</c>.</summary>
[JsonConverter(typeof(AttributeTypeWords))]
[SuppressMessage("Naming", "CA1720", Justification = "The names of the types are what travels and what model.md says.")]
public enum AttributeType
{
    String,
    Integer,
    Decimal,
    Boolean,
    /// <summary>A day without time or zone.</summary>
    Date,
    /// <summary>An instant.</summary>
    Datetime,
    /// <summary>One of <see cref="AttributeDefinition.Options"/>; its code is what travels.</summary>
    Enum,
    /// <summary>Any number of <see cref="AttributeDefinition.Options"/>, each once.</summary>
    MultiEnum,
    Url,
}

internal sealed class AttributeTypeWords() : JsonStringEnumConverter<AttributeType>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

/// <summary>One choice of an enum: the code travels, the label is for people.</summary>
public sealed record AttributeOption(string Code, string Label);

/// <summary>A user attribute (用户属性, seed 003): one that the library predefines or that a project defined itself.</summary>
public sealed record AttributeDefinition
{
    /// <summary>A letter, then letters, digits, <c>_</c>, at most 32; never phone, mobile or email, which every user has.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Taken from the library: the description alone can be edited (seed 003).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Library { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Description { get; init; }

    public required AttributeType Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Required { get; init; }

    /// <summary>No two users of an environment have the same value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unique { get; init; }

    /// <summary>Users see it and cannot change it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReadOnly { get; init; }

    /// <summary>Of a string, in UTF-16 units.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? MaxLength { get; init; }

    /// <summary>Of a string: a regular expression without look-around or back-references that the whole value matches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Pattern { get; init; }

    /// <summary>Of a number, the bound itself allowed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal? Max { get; init; }

    /// <summary>Of an enum and a multi-enum; empty otherwise.</summary>
    public IReadOnlyList<AttributeOption> Options { get; init; } = [];
}
