using System.Text.Json.Nodes;

namespace EyesonBridge.Testing.RabbitMq;

/// <summary>An answer from the control queue.</summary>
public sealed record ControlAnswer(JsonObject Envelope)
{
    /// <summary>The name of the contract.</summary>
    public string Type => ((string)Envelope["messageType"]![0]!).Split(':')[^1];

    /// <summary>The contract's JSON.</summary>
    public JsonObject Message => Envelope["message"]!.AsObject();

    /// <summary>Headers of the message, those of type text.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The property <c>correlation_id</c>.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The request that this answers.</summary>
    public string? RequestId => (string?)Envelope["requestId"];

    /// <inheritdoc/>
    public override string ToString() => $"{RequestId}: {Type} {Message.ToJsonString()}";
}
