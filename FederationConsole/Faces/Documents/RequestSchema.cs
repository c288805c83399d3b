using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;

namespace FederationConsole.Faces.Documents;

/// <summary>
/// The schema of a JSON request, by asking those who decide: the serializer for names and types, the validator's rules for lengths, and the
/// validator itself for what must be sent.
/// </summary>
internal sealed class RequestSchema
{
    private readonly JsonTypeInfo _type;
    private readonly IValidator _validator;
    private readonly JsonObject _schema;

    /// <summary>Every field with a value, those of the example where it has them.</summary>
    private readonly JsonObject _full;

    private RequestSchema(JsonTypeInfo type, IValidator validator, JsonObject? example)
    {
        (_type, _validator) = (type, validator);
        _schema = JsonShapes.OfRequest(type);
        _full = (JsonObject)Filled(_schema, example);
    }

    public static JsonObject Of(JsonTypeInfo type, IValidator validator, JsonObject? example)
    {
        var schema = new RequestSchema(type, validator, example);
        schema.MarkRequired(schema._schema, []);
        schema.MarkLengths(validator, []);
        return schema._schema;
    }

    /// <summary>
    /// Required is what the validator misses both where all else is there and where nothing else is: not a phone that an e-mail can stand
    /// for, nor what another field's value asks for.
    /// </summary>
    private void MarkRequired(JsonObject schema, string[] path)
    {
        if (schema["properties"] is not JsonObject fields)
        {
            return;
        }

        var required = fields.Where(field => Misses([.. path, field.Key])).Select(field => (JsonNode)field.Key).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        foreach (var (name, field) in fields)
        {
            MarkRequired(field!["items"] as JsonObject ?? (JsonObject)field, [.. path, name]);
        }
    }

    private bool Misses(string[] path)
    {
        var without = _full.DeepClone();
        Parent(without, path).Remove(path[^1]);
        if (!IsMissed(without, path))
        {
            return false;
        }

        var bare = _full.DeepClone();
        Parent(bare, path).Clear();
        return IsMissed(bare, path);
    }

    private bool IsMissed(JsonNode request, string[] path)
    {
        var result = _validator.Validate(new ValidationContext<object>(request.Deserialize(_type)!));
        return result.Errors.Exists(error => error.ErrorCode == Validation.MissingCode && Names(error.PropertyName, path));
    }

    private static JsonObject Parent(JsonNode root, string[] path) =>
        (JsonObject)path[..^1].Aggregate(root, (node, name) => node[name] is JsonArray items ? items[0]! : node[name]!);

    /// <summary>Messages name fields as the wire does, up to case.</summary>
    private static bool Names(string property, string[] path) =>
        property.Split('.').Select(part => part.Split('[')[0]).SequenceEqual(path, StringComparer.OrdinalIgnoreCase);

    private static JsonNode Filled(JsonObject schema, JsonNode? example) => JsonShapes.TypeOf(schema) switch
    {
        "object" => new JsonObject(
            (schema["properties"] as JsonObject ?? []).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Filled((JsonObject)field.Value!, Of(example, field.Key))))),
        "array" => new JsonArray(Filled(schema["items"] as JsonObject ?? [], (example as JsonArray)?.FirstOrDefault())),
        "integer" or "number" => example?.DeepClone() ?? 1,
        "boolean" => true,
        _ => example?.DeepClone() ?? "x",
    };

    private static JsonNode? Of(JsonNode? example, string name) =>
        (example as JsonObject)?.FirstOrDefault(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private void MarkLengths(IValidator validator, string[] path)
    {
        foreach (var rule in validator.CreateDescriptor().Rules)
        {
            string[] field = rule.PropertyName is { Length: > 0 } name ? [.. path, .. name.Split('.').Select(part => part.Split('[')[0])] : path;
            foreach (var component in rule.Components)
            {
                if (component.Validator is IChildValidatorAdaptor)
                {
                    MarkLengths(Child(component), field);
                }
                else if (component.Validator is ILengthValidator length && Find(field) is { } schema && JsonShapes.TypeOf(schema) == "string")
                {
                    SetLength(schema, "minLength", length.Min);
                    SetLength(schema, "maxLength", length.Max);
                }
            }
        }
    }

    private static void SetLength(JsonObject schema, string keyword, int length)
    {
        if (length > 0)
        {
            schema[keyword] = length;
        }
    }

    /// <summary>The validator of an included one, or of a nested object: it is generic in types that only the rule knows.</summary>
    private static IValidator Child(IRuleComponent component)
    {
        var getter = component.Validator.GetType().GetMethod(nameof(ChildValidatorAdaptor<object, object>.GetValidator), BindingFlags.Public | BindingFlags.Instance)!;
        // Asked without a request: ours do not choose a validator by what a request holds.
        var context = Activator.CreateInstance(getter.GetParameters()[0].ParameterType, [null]);
        return (IValidator)getter.Invoke(component.Validator, [context, null])!;
    }

    private JsonObject? Find(string[] path)
    {
        var node = _schema;
        foreach (var name in path)
        {
            var fields = (node["items"] as JsonObject ?? node)["properties"] as JsonObject ?? [];
            if (fields.FirstOrDefault(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is not JsonObject next)
            {
                return null;
            }

            node = next;
        }

        return node;
    }
}
