using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>How the wire is read: snake_case, lenient with every scalar, unknown members ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(LenientStringConverter),
        typeof(LenientBooleanConverter),
        typeof(LenientInt32Converter),
        typeof(LenientDoubleConverter),
        typeof(LenientDateConverter),
    ])]
[JsonSerializable(typeof(RoomUpdateBody))]
[JsonSerializable(typeof(ParticipantUpdate))]
[JsonSerializable(typeof(RecordingUpdate))]
[JsonSerializable(typeof(BroadcastsUpdate))]
[JsonSerializable(typeof(OptionsUpdate))]
[JsonSerializable(typeof(SnapshotUpdateBody))]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(CustomMessage))]
[JsonSerializable(typeof(PlaybackUpdate))]
[JsonSerializable(typeof(PodiumUpdate))]
[JsonSerializable(typeof(LockUpdate))]
[JsonSerializable(typeof(PresentationUpdate))]
[JsonSerializable(typeof(Room))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Links))]
[JsonSerializable(typeof(Recording))]
[JsonSerializable(typeof(Broadcast))]
[JsonSerializable(typeof(Playback))]
[JsonSerializable(typeof(PodiumSegment))]
[JsonSerializable(typeof(PodiumLayer))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(Presentation))]
[JsonSerializable(typeof(RoomOptions))]
internal sealed partial class ObserverJson : JsonSerializerContext;
