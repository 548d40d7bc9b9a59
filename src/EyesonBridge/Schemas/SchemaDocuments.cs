using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EyesonBridge.Schemas;

/// <summary>All documents that describe the contracts for machines, made from the records themselves.</summary>
internal static class SchemaDocuments
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file for people, too, and never inside HTML
    };

    /// <summary>The events, the commands, the answers, the envelope, and the AsyncAPI document, each by name.</summary>
    public static IReadOnlyList<SchemaDocument> Create()
    {
        var comments = ContractComments.Load();
        var records = new RecordSchemas(comments, "#/$defs/");
        return
        [
            .. ContractCatalog.Events.Select(type => Of(type, SchemaKind.Event, records)),
            .. ContractCatalog.Commands.Select(type => Of(type, SchemaKind.Command, records)),
            .. ContractCatalog.AnswerTypes.Select(type => Of(type, SchemaKind.Answer, records)),
            Of("Envelope", SchemaKind.Envelope, "urn:eyeson-bridge:envelope", EnvelopeSchemas.Envelope()),
            new SchemaDocument("asyncapi", SchemaKind.AsyncApi, "asyncapi.json", TextOf(new AsyncApiDocument(comments).Create())),
        ];
    }

    private static SchemaDocument Of(Type type, SchemaKind kind, RecordSchemas records)
    {
        var schema = records.Of(type);
        var carried = RecordSchemas.CarriedBy(type);
        if (carried.Count > 0)
            schema["$defs"] = new JsonObject(carried.Select(inner => KeyValuePair.Create<string, JsonNode?>(inner.Name, records.Of(inner))));
        return Of(type.Name, kind, ContractCatalog.UrnOf(type), schema);
    }

    private static SchemaDocument Of(string name, SchemaKind kind, string id, JsonObject schema)
    {
        schema.Insert(0, "$schema", Dialect);
        schema.Insert(1, "$id", id);
        return new SchemaDocument(name, kind, $"V1/{name}.schema.json", TextOf(schema));
    }

    private static string TextOf(JsonObject document) => document.ToJsonString(Readable) + "\n";
}
