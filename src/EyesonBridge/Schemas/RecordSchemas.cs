using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Schemas;

/// <summary>JSON Schema of the records and enums of the contracts, one for each; what a record carries is referred to by name.</summary>
/// <param name="comments">What they mean.</param>
/// <param name="references">What a reference begins with; the name of the type follows.</param>
internal sealed class RecordSchemas(ContractComments comments, string references)
{
    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly string[] RejectionCodeValues = [.. typeof(RejectionCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>The schema of one type.</summary>
    public JsonObject Of(Type type)
    {
        var exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = Wire.GetJsonSchemaAsNode(type, exporter).AsObject();
        var described = new JsonObject { ["title"] = type.Name, ["description"] = comments.Of(type) };
        if (type.IsEnum)
            described["type"] = "string";
        return Join(described, schema);
    }

    /// <summary>The records and enums that a type carries, and what these carry, by name.</summary>
    public static IReadOnlyList<Type> CarriedBy(Type type)
    {
        var carried = new SortedSet<Type>(Comparer<Type>.Create(static (one, other) => string.CompareOrdinal(one.Name, other.Name)));
        Collect(type);
        return [.. carried];

        void Collect(Type record)
        {
            foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                var element = property.PropertyType is { IsGenericType: true } generic ? generic.GetGenericArguments()[^1] : property.PropertyType;
                if (IsContract(element) && carried.Add(element))
                    Collect(element);
            }
        }
    }

    private static bool IsContract(Type type) => type.Assembly == typeof(RoomEvent).Assembly;

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.Path.IsEmpty)
            return schema;

        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var node = IsContract(type) ? ReferenceTo(type, context.PropertyInfo) : schema.AsObject();
        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property)
            return node;

        if (property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull })
            node["type"] = "string"; // left out, never null
        var described = new JsonObject { ["description"] = comments.Of(property) };
        if (property.DeclaringType == typeof(CommandRejected) && string.Equals(property.Name, nameof(CommandRejected.Code), StringComparison.Ordinal))
            described["examples"] = new JsonArray([.. RejectionCodeValues.Select(code => JsonValue.Create(code))]);
        return Join(described, node);
    }

    private JsonObject ReferenceTo(Type type, JsonPropertyInfo? property)
    {
        var reference = new JsonObject { ["$ref"] = references + type.Name };
        return property is { IsGetNullable: true }
            ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) }
            : reference;
    }

    private static JsonObject Join(JsonObject first, JsonObject second)
    {
        foreach (var (name, value) in second.ToList())
        {
            second.Remove(name);
            first[name] = value;
        }

        return first;
    }
}
