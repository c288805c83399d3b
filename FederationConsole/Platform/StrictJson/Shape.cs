using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FederationConsole.Platform.StrictJson;

/// <summary>
/// What a JSON value must be. A table of shapes is the one description of a format: it checks texts, names the nearest key,
/// compares two trees and writes the reference page (<see cref="ShapePage"/>).
/// </summary>
public abstract record Shape
{
    /// <summary>What is allowed, for people.</summary>
    public abstract string Allowed { get; }

    /// <summary>Adds every fault of the value and of what is in it. Never throws, whatever the value is.</summary>
    public abstract void Check(JsonElement value, JsonPath path, JsonFaults faults);

    /// <summary>Two values with the same form mean the same: 1 and 1.0, one instant in two zones.</summary>
    public virtual string Canonical(JsonNode value) => value.ToJsonString(Plain);

    /// <summary>As people see the value in a difference.</summary>
    public virtual string Display(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(Plain);

    private protected static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>A value without inner structure.</summary>
public abstract record ScalarShape : Shape;

public sealed record FlagShape : ScalarShape
{
    public override string Allowed => StrictJsonTexts.Say("Allowed.Flag");

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            faults.Add(path, "WrongType", Allowed);
        }
    }
}

/// <summary>A number between two bounds, both allowed.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Decimals">How many digits may stand after the point; none makes it an integer.</param>
public sealed record NumberShape(decimal Min, decimal Max, int Decimals = 0) : ScalarShape
{
    public override string Allowed => StrictJsonTexts.Say(Decimals == 0 ? "Allowed.Integer" : "Allowed.Number", Show(Min), Show(Max), Decimals);

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (value.ValueKind != JsonValueKind.Number || (Decimals == 0 && value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E')))
        {
            faults.Add(path, "WrongType", Allowed);
        }
        else if (!value.TryGetDecimal(out var number) || number < Min || number > Max || decimal.Round(number, Decimals) != number)
        {
            faults.Add(path, "OutOfRange", Allowed);
        }
    }

    public override string Canonical(JsonNode value) => Show(decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture));

    private static string Show(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}

/// <summary>One of a few words; the nearest is offered when it is none of them.</summary>
public sealed record ChoiceShape(IReadOnlyList<string> Words) : ScalarShape
{
    /// <summary>The members of an enum as they are written in JSON.</summary>
    public static ChoiceShape Of<T>() where T : struct, Enum => new([.. Enum.GetNames<T>().Select(StrictJsonReader.Words.ConvertName)]);

    public override string Allowed => StrictJsonTexts.Say("Allowed.Choice", string.Join(", ", Words));

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (!TextShape.TryText(value, path, this, faults, out var text) || Words.Contains(text))
        {
            return;
        }

        var nearest = Nearest.To(text, Words);
        faults.Add(path, nearest is null ? "NotAllowed" : "NotAllowedNearest", Allowed, nearest ?? "");
    }
}

/// <summary>A number that stands for one of a few things.</summary>
public sealed record NumberChoiceShape(IReadOnlyList<int> Numbers) : ScalarShape
{
    public override string Allowed => StrictJsonTexts.Say("Allowed.Choice", string.Join(", ", Numbers));

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            faults.Add(path, "WrongType", Allowed);
        }
        else if (!value.TryGetInt32(out var number) || !Numbers.Contains(number))
        {
            faults.Add(path, "NotAllowed", Allowed);
        }
    }
}

/// <summary>A secret: <c>null</c> leaves it as it is. Neither its faults nor its differences show it.</summary>
public sealed record SecretShape(int Max = 512) : ScalarShape
{
    /// <summary>More than 1 where a short one could be guessed from what is kept of it.</summary>
    public int Min { get; init; } = 1;

    public override string Allowed => StrictJsonTexts.Say("Allowed.Secret", Min, Max);

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (TextShape.TryText(value, path, this, faults, out var text) && (text.Length < Min || text.Length > Max))
        {
            faults.Add(path, "NotAllowed", Allowed);
        }
    }

    public override string Display(JsonNode value) => Secret.Mask;
}

/// <summary>An instant: ISO 8601 to the second with its offset from UTC, since a local time means another instant elsewhere.</summary>
public sealed record TimeShape : ScalarShape
{
    public override string Allowed => StrictJsonTexts.Say("Allowed.Time");

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (TextShape.TryText(value, path, this, faults, out var text) && !TryInstant(text, value, out _))
        {
            faults.Add(path, "NotAllowed", Allowed);
        }
    }

    public override string Canonical(JsonNode value) =>
        value.GetValue<DateTimeOffset>().ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    internal static bool TryInstant(JsonElement value, out DateTimeOffset instant)
    {
        instant = default;
        return value.ValueKind == JsonValueKind.String && TryInstant(value.GetString()!, value, out instant);
    }

    private static bool TryInstant(string text, JsonElement value, out DateTimeOffset instant)
    {
        // The reader of System.Text.Json takes a text without an offset for local time.
        var hasOffset = text.EndsWith('Z') || (text.Length > 19 && text[^3] == ':' && text[^6] is '+' or '-');
        return value.TryGetDateTimeOffset(out instant) && hasOffset && text.Contains('T', StringComparison.Ordinal);
    }
}

/// <summary>A text of a given form.</summary>
/// <param name="Form">The form's name: <c>Allowed.{Form}</c> is what faults say, with {0} and {1} for the two lengths.</param>
/// <param name="Min">Least length in UTF-16 units.</param>
/// <param name="Max">Greatest length.</param>
/// <param name="Fits">The form itself; control characters are refused before it is asked.</param>
public sealed record TextShape(string Form, int Min, int Max, Func<string, bool> Fits) : ScalarShape
{
    /// <summary>Words that have the form but are taken, in any case of letters.</summary>
    public IReadOnlyList<string> Reserved { get; init; } = [];

    /// <summary>Whether it may have several lines; they are parted by a line feed alone.</summary>
    public bool Lines { get; init; }

    public override string Allowed => StrictJsonTexts.Say("Allowed." + Form, Min, Max);

    /// <summary>This form, or another that its place allows.</summary>
    /// <param name="form">The resource text that says both.</param>
    public TextShape Or(string form, Func<string, bool> other) => this with { Form = form, Fits = text => Fits(text) || other(text) };

    public override void Check(JsonElement value, JsonPath path, JsonFaults faults)
    {
        if (!TryText(value, path, this, faults, out var text))
        {
            return;
        }

        if (text.Length < Min || text.Length > Max || text.Any(c => char.IsControl(c) && !(Lines && c == '\n')) || !Fits(text))
        {
            faults.Add(path, "NotAllowed", Allowed);
        }
        else if (Reserved.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add(path, "Reserved", text);
        }
    }

    internal static bool TryText(JsonElement value, JsonPath path, Shape shape, JsonFaults faults, [NotNullWhen(true)] out string? text)
    {
        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text is null)
        {
            faults.Add(path, "WrongType", shape.Allowed);
        }

        return text is not null;
    }
}
