using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Attributes;

/// <summary>What a project's own definition must be, asked of the one table that a project file is checked by (<see cref="AttributeShapes.Custom"/>).</summary>
public sealed partial class AttributeRules(AttributeLibrary library)
{
    private readonly VariantShape _custom = AttributeShapes.Custom(library);

    /// <summary>
    /// A definition as a project file has it. Fault: <see cref="FaultKind.Invalid"/> with the first key at fault and what is allowed there.
    /// </summary>
    public Outcome<AttributeDefinition> Read(JsonObject definition)
    {
        var faults = new JsonFaults();
        _custom.Check(JsonSerializer.SerializeToElement(definition), JsonPath.Root, faults);
        return faults.All.Count == 0 ? definition.Deserialize<AttributeDefinition>(StrictJsonReader.Options)! : At(faults.All[0]);
    }

    public Fault? Check(AttributeDefinition definition) => Read(Json(definition)).Fault;

    /// <summary>The description of a library attribute, which is all that a project can edit of it.</summary>
    public static Fault? CheckDescription(string description)
    {
        var faults = new JsonFaults();
        AttributeShapes.Description.Shape.Check(JsonSerializer.SerializeToElement(description), JsonPath.Root.Key("description"), faults);
        return faults.All.Count == 0 ? null : At(faults.All[0]);
    }

    /// <summary>As a project file has it; what is off is said, so that two of them can be compared key by key.</summary>
    public static JsonObject Json(AttributeDefinition definition)
    {
        var node = JsonSerializer.SerializeToNode(definition with { Library = false }, StrictJsonReader.Options)!.AsObject();
        (node["required"], node["unique"], node["readOnly"]) = (definition.Required, definition.Unique, definition.ReadOnly);
        if (definition is { Options.Count: 0, Type: not (AttributeType.Enum or AttributeType.MultiEnum) })
        {
            node.Remove("options");
        }

        return node;
    }

    /// <summary>A place in JSON means nothing to who fills in a form.</summary>
    [GeneratedRegex(@"\$\.options\[(?<at>[0-9]+)\]\.[a-z]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Places();

    /// <summary><c>$.options[1].code</c> is the second one of <c>options</c>.</summary>
    private static Fault At(JsonFault fault)
    {
        var steps = fault.Path.Split('.', '[');
        return new(FaultKind.Invalid, steps[1], steps.Length > 2 && int.TryParse(steps[2].TrimEnd(']'), CultureInfo.InvariantCulture, out var index)
            ? AttributeTexts.Say("Option.Fault", index + 1, Places().Replace(fault.Message, place => AttributeTexts.Say("Option.Place", int.Parse(place.Groups["at"].Value, CultureInfo.InvariantCulture) + 1)))
            : fault.Message);
    }
}
