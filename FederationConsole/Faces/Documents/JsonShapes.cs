using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace FederationConsole.Faces.Documents;

/// <summary>JSON Schema (2020-12, which OpenAPI 3.1 speaks) of what a face's serializer reads and writes.</summary>
internal static class JsonShapes
{
    private static readonly JsonSchemaExporterOptions Requests = new() { TransformSchemaNode = (context, schema) => Describe(context, Converted(context, schema, all: true)), TreatNullObliviousAsNonNullable = true };
    private static readonly JsonSchemaExporterOptions Replies = new() { TransformSchemaNode = (context, schema) => Describe(context, Converted(context, schema, all: false)), TreatNullObliviousAsNonNullable = true };

    /// <summary>Null counts as left out, so that no field says that it may be null; what must be sent, the validator tells.</summary>
    public static JsonObject OfRequest(JsonTypeInfo type) => Plain(Requests.Export(type), isReply: false);

    /// <summary>A property that cannot be null is always there.</summary>
    public static JsonObject OfReply(JsonTypeInfo type) => Plain(Replies.Export(type), isReply: true);

    /// <summary>The one type beside null.</summary>
    public static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(type => (string)type!).FirstOrDefault(type => type != "null"),
        JsonValue type => (string?)type,
        _ => null,
    };

    private static JsonNode Export(this JsonSchemaExporterOptions options, JsonTypeInfo type) => type.GetJsonSchemaAsNode(options);

    /// <summary>What a converter of ours takes, all of it; it writes the first.</summary>
    private static JsonNode Converted(JsonSchemaExporterContext context, JsonNode schema, bool all) =>
        (context.PropertyInfo?.CustomConverter as IWireTypes)?.Types is not { } types ? schema
        : new JsonObject { ["type"] = all ? new JsonArray([.. types.Select(type => (JsonNode)type)]) : types[0] };

    /// <summary>The seed's 备注, which stands at the property.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var words = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true).OfType<DescriptionAttribute>().FirstOrDefault();
        if (words is not null && schema is JsonObject described)
        {
            described["description"] = words.Description;
        }

        return schema;
    }

    private static JsonObject Plain(JsonNode node, bool isReply)
    {
        // "Anything" is written as true.
        var schema = node as JsonObject ?? [];
        schema.Remove("required");
        schema.Remove("default");
        if (schema["items"] is JsonObject items)
        {
            Plain(items, isReply);
        }

        if (schema["properties"] is JsonObject fields)
        {
            foreach (var name in fields.Select(field => field.Key).ToList())
            {
                var field = fields[name] as JsonObject;
                fields[name] = field ?? [];
                Plain(fields[name]!, isReply);
            }

            var always = fields.Where(field => !MayBeNull((JsonObject)field.Value!)).Select(field => (JsonNode)field.Key).ToArray();
            if (isReply && always.Length > 0)
            {
                schema["required"] = new JsonArray(always);
            }
        }

        if (!isReply && MayBeNull(schema))
        {
            schema["type"] = TypeOf(schema);
        }

        return schema;
    }

    private static bool MayBeNull(JsonObject schema) => schema["type"] is JsonArray types && types.Any(type => (string?)type == "null");
}
