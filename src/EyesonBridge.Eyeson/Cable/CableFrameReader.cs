using System.Text.Json;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>Parses frames in one pass, without a document in between and without copying the message.</summary>
internal static class CableFrameReader
{
    public static CableFrame Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return ReadObject(new Utf8JsonReader(utf8));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static CableFrame ReadObject(Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return default;

        var frame = default(CableFrame);
        CableFrameKind? type = null;
        bool? ours = null;
        var hasMessage = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                frame = frame with { Body = start..(int)reader.BytesConsumed };
                hasMessage = true;
            }
            else if (reader.ValueTextEquals("identifier"u8))
            {
                reader.Read();
                ours = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(CableCommands.Identifier);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.TokenType switch
                {
                    JsonTokenType.String => KindOf(ref reader),
                    JsonTokenType.Null => null,
                    _ => CableFrameKind.Irrelevant,
                };
                reader.Skip();
            }
            else
            {
                frame = ReadDetail(ref reader, frame);
            }
        }

        if (reader.Read())
            return default;

        return frame with { Kind = Classify(type, ours, hasMessage) };
    }

    private static CableFrameKind Classify(CableFrameKind? type, bool? ours, bool hasMessage) => (type, ours) switch
    {
        (null, true) when hasMessage => CableFrameKind.Message,
        (null, false) => CableFrameKind.Irrelevant,
        (null, _) => CableFrameKind.Unreadable,
        ({ } kind and (CableFrameKind.Welcome or CableFrameKind.Ping or CableFrameKind.Disconnect), _) => kind,
        ({ } kind, true) => kind,
        _ => CableFrameKind.Irrelevant,
    };

    private static CableFrameKind KindOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("ping"u8))
            return CableFrameKind.Ping;
        if (reader.ValueTextEquals("welcome"u8))
            return CableFrameKind.Welcome;
        if (reader.ValueTextEquals("confirm_subscription"u8))
            return CableFrameKind.Confirmation;
        if (reader.ValueTextEquals("reject_subscription"u8))
            return CableFrameKind.Rejection;
        if (reader.ValueTextEquals("disconnect"u8))
            return CableFrameKind.Disconnect;
        if (reader.ValueTextEquals("confirm_history"u8))
            return CableFrameKind.HistoryConfirmation;
        return reader.ValueTextEquals("reject_history"u8) ? CableFrameKind.HistoryRejection : CableFrameKind.Irrelevant;
    }

    private static CableFrame ReadDetail(ref Utf8JsonReader reader, CableFrame frame)
    {
        if (reader.ValueTextEquals("reason"u8))
            return frame with { Reason = ReadText(ref reader) };
        if (reader.ValueTextEquals("reconnect"u8))
            return frame with { Reconnect = ReadFlag(ref reader) };
        if (reader.ValueTextEquals("sid"u8))
            return frame with { Sid = ReadText(ref reader) };
        if (reader.ValueTextEquals("restored"u8))
            return frame with { Restored = ReadFlag(ref reader) ?? false };
        if (reader.ValueTextEquals("stream_id"u8))
            return frame with { StreamId = ReadText(ref reader) };
        if (reader.ValueTextEquals("epoch"u8))
            return frame with { Epoch = ReadText(ref reader) };
        if (reader.ValueTextEquals("offset"u8))
            return frame with { Offset = ReadNumber(ref reader) };

        reader.Read();
        reader.Skip();
        return frame;
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    private static bool? ReadFlag(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
        return reader.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
    }

    private static long? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
            return value;
        reader.Skip();
        return null;
    }
}
