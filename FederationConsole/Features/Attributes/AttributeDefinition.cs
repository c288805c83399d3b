using System.Diagnostics.CodeAnalysis;

namespace FederationConsole.Features.Attributes;

/// <summary>What values a user attribute holds. Members are written in JSON in lower case with hyphens: <c>multi-enum</c>.</summary>
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

/// <summary>One choice of an enum: the code travels, the label is for people.</summary>
public sealed record AttributeOption(string Code, string Label);

/// <summary>A user attribute (用户属性, seed 003): one that the library predefines or that a project defined itself.</summary>
public sealed record AttributeDefinition
{
    /// <summary>A letter, then letters, digits, <c>_</c>, at most 32; never phone, mobile or email, which every user has.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required AttributeType Type { get; init; }

    public bool Required { get; init; }

    /// <summary>No two users of an environment have the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>Users see it and cannot change it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Of a string, in UTF-16 units.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Of a string: a regular expression without look-around or back-references that the whole value matches.</summary>
    public string? Pattern { get; init; }

    /// <summary>Of a number, the bound itself allowed.</summary>
    public decimal? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public decimal? Max { get; init; }

    /// <summary>Of an enum and a multi-enum; empty otherwise.</summary>
    public IReadOnlyList<AttributeOption> Options { get; init; } = [];
}
