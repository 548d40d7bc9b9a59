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
        typeof(StrictListConverter<User>),
        typeof(StrictListConverter<PermalinkMeeting>),
        typeof(WebhooksConverter),
    ])]
[JsonSerializable(typeof(IReadOnlyList<RunningRoom>))]
[JsonSerializable(typeof(RunningRoom))]
[JsonSerializable(typeof(IReadOnlyList<Recording>))]
[JsonSerializable(typeof(IReadOnlyList<Snapshot>))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(IReadOnlyList<User>))]
[JsonSerializable(typeof(IReadOnlyList<PermalinkMeeting>))]
[JsonSerializable(typeof(PermalinkMeeting))]
[JsonSerializable(typeof(PermalinkPage))]
[JsonSerializable(typeof(Permalink))]
[JsonSerializable(typeof(MeetingLinks))]
[JsonSerializable(typeof(MeetingAccess))]
[JsonSerializable(typeof(IReadOnlyList<Webhook>))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(Room))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Links))]
[JsonSerializable(typeof(Recording))]
[JsonSerializable(typeof(Broadcast))]
[JsonSerializable(typeof(Playback))]
[JsonSerializable(typeof(Presentation))]
[JsonSerializable(typeof(RoomOptions))]
internal sealed partial class RestJson : JsonSerializerContext;
