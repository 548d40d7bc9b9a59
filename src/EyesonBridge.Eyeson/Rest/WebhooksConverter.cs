using System.Text.Json;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>The webhook of a key: an object as Eyeson's SDK for Go reads it, or a list; null and an empty object are none.</summary>
internal sealed class WebhooksConverter : ReadOnlyConverter<IReadOnlyList<Webhook>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<Webhook>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => [],
            JsonTokenType.StartObject => LenientObjectConverter<Webhook>.ReadObject(ref reader, options) is { Id: not null } webhook ? [webhook] : [],
            _ => new StrictListConverter<Webhook>().Read(ref reader, typeToConvert, options),
        };
}
