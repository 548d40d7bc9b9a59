using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>Reads the body of an observer message or of a webhook.</summary>
public static class ObserverEventReader
{
    /// <summary>
    /// Reads one event; never throws. Unknown types give an <see cref="UnknownEvent"/>, and what cannot be read (no
    /// JSON object, no <c>type</c>, invalid UTF-8, nested deeper than 64, a main member of the wrong shape) an
    /// <see cref="UnreadableEvent"/>. Smaller errors affect only the property or the entry of a list, not the event, and
    /// <see cref="ObserverEvent.LeftOut"/> names the first: an invalid date is null. Numbers as strings are read, unknown
    /// properties are ignored.
    /// </summary>
    /// <param name="utf8">The JSON. The memory is not kept: what is needed of it is copied.</param>
    public static ObserverEvent Read(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
            return new UnreadableEvent(Type: null, utf8.ToArray(), "The body is not valid UTF-8.");

        var problem = Scan(utf8.Span, out var type);
        if (problem is not null || type is null)
            return new UnreadableEvent(type, utf8.ToArray(), problem ?? "The body has no type.");

        try
        {
            LeftOutNote.Clear();
            var read = ReadKnown(type, utf8.Span) ?? new UnknownEvent(type, utf8.ToArray());
            return LeftOutNote.Get() is { } leftOut ? read with { LeftOut = leftOut } : read;
        }
        catch (Exception e) when (IsFaultOfTheText(e))
        {
            return new UnreadableEvent(type, utf8.ToArray(), $"The event does not have the expected shape at {(e as JsonException)?.Path ?? "$"}.");
        }
    }

    private static ObserverEvent? ReadKnown(string type, ReadOnlySpan<byte> utf8) => type switch
    {
        ObserverEventTypes.RoomUpdate => new RoomUpdate { Room = Body(utf8, ObserverJson.Default.RoomUpdateBody).Either },
        ObserverEventTypes.ParticipantUpdate => Body(utf8, ObserverJson.Default.ParticipantUpdate),
        ObserverEventTypes.RecordingUpdate => Body(utf8, ObserverJson.Default.RecordingUpdate),
        ObserverEventTypes.BroadcastsUpdate => Body(utf8, ObserverJson.Default.BroadcastsUpdate),
        ObserverEventTypes.OptionsUpdate => Body(utf8, ObserverJson.Default.OptionsUpdate),
        ObserverEventTypes.SnapshotUpdate => new SnapshotUpdate { Snapshots = Body(utf8, ObserverJson.Default.SnapshotUpdateBody).Either },
        ObserverEventTypes.Chat => Body(utf8, ObserverJson.Default.ChatMessage),
        ObserverEventTypes.Custom => Body(utf8, ObserverJson.Default.CustomMessage),
        ObserverEventTypes.PlaybackUpdate => Body(utf8, ObserverJson.Default.PlaybackUpdate),
        ObserverEventTypes.PodiumUpdate => Body(utf8, ObserverJson.Default.PodiumUpdate),
        ObserverEventTypes.Lock => Body(utf8, ObserverJson.Default.LockUpdate),
        ObserverEventTypes.PresentationUpdate => Body(utf8, ObserverJson.Default.PresentationUpdate),
        _ => null,
    };

    private static T Body<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> typeInfo) =>
        JsonSerializer.Deserialize(utf8, typeInfo) ?? throw new JsonException();

    /// <summary>Reads the whole body once: is it one JSON object, and what is its type?</summary>
    private static string? Scan(ReadOnlySpan<byte> utf8, out string? type)
    {
        type = null;
        var reader = new Utf8JsonReader(utf8);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return "The body is not a JSON object.";

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("type"u8);
                reader.Read();
                if (isType && reader.TokenType == JsonTokenType.String)
                    type = JsonText.Get(ref reader);
                else
                    reader.Skip();
            }

            return reader.Read() ? "The JSON object is followed by more data." : null;
        }
        catch (Exception e) when (IsFaultOfTheText(e))
        {
            return $"The body is not valid JSON, or is nested too deeply, at byte {reader.BytesConsumed}.";
        }
    }

    /// <summary>A name with half a surrogate pair (<c>\ud83d</c> alone) is no fault of the JSON, so the reader throws something else.</summary>
    private static bool IsFaultOfTheText(Exception error) => error is JsonException or InvalidOperationException;
}
