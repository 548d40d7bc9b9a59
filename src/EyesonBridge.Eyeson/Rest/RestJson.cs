using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>REST's bodies, read as leniently as the observer's.</summary>
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
        typeof(StrictListConverter<RunningRoom>),
        typeof(StrictListConverter<Recording>),
        typeof(StrictListConverter<Snapshot>),
    ])]
[JsonSerializable(typeof(IReadOnlyList<RunningRoom>))]
[JsonSerializable(typeof(RunningRoom))]
[JsonSerializable(typeof(IReadOnlyList<Recording>))]
[JsonSerializable(typeof(IReadOnlyList<Snapshot>))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(Room))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Links))]
[JsonSerializable(typeof(Recording))]
[JsonSerializable(typeof(Broadcast))]
[JsonSerializable(typeof(Playback))]
[JsonSerializable(typeof(Presentation))]
[JsonSerializable(typeof(RoomOptions))]
internal sealed partial class RestJson : JsonSerializerContext;
