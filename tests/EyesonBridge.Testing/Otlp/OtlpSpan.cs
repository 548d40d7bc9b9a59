using System.Text.Json.Nodes;

namespace EyesonBridge.Testing.Otlp;

/// <summary>A span as the receiver tells it.</summary>
public sealed record OtlpSpan(string Name, string Kind, string TraceId, string SpanId, string? ParentId, string Status, JsonObject Attributes)
{
    /// <summary>Reads a span from the receiver's JSON.</summary>
    public OtlpSpan(JsonNode span)
        : this(
            (string)span["name"]!,
            (string)span["kind"]!,
            (string)span["traceId"]!,
            (string)span["spanId"]!,
            (string?)span["parentSpanId"],
            (string)span["status"]!["code"]!,
            span["attributes"]!.AsObject())
    {
    }

    /// <summary>An attribute of the span or its resource; null when there is none.</summary>
    public string? this[string attribute] => Attributes[attribute]?.ToString();
}
