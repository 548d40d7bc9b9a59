using System.Text.Json;

namespace EyesonBridge.Meetings;

/// <summary>Writes and reads the meeting's state as the store keeps it.</summary>
internal static class MeetingStateSerializer
{
    /// <summary>The state as JSON in UTF-8.</summary>
    public static byte[] Write(MeetingState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, MeetingStateJson.Default.MeetingState);

    /// <summary>The state back from JSON; nothing stored is a meeting of which nothing is known.</summary>
    /// <exception cref="JsonException">It is not what <see cref="Write"/> writes.</exception>
    public static MeetingState Read(ReadOnlyMemory<byte> json) =>
        json.IsEmpty
            ? MeetingState.Unknown
            : JsonSerializer.Deserialize(json.Span, MeetingStateJson.Default.MeetingState) ?? MeetingState.Unknown;
}
