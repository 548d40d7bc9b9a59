using System.Text.Json.Serialization;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Outbox;

/// <summary>Generated code for the JSON of every event.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BroadcastStarted))]
[JsonSerializable(typeof(BroadcastStopped))]
[JsonSerializable(typeof(ChatMessageSent))]
[JsonSerializable(typeof(CustomMessageSent))]
[JsonSerializable(typeof(LayoutChanged))]
[JsonSerializable(typeof(MeetingEnded))]
[JsonSerializable(typeof(MeetingStarted))]
[JsonSerializable(typeof(ObservationEnded))]
[JsonSerializable(typeof(ObservationInterrupted))]
[JsonSerializable(typeof(ObservationRejected))]
[JsonSerializable(typeof(ObservationResumed))]
[JsonSerializable(typeof(ObservationStarted))]
[JsonSerializable(typeof(ParticipantJoined))]
[JsonSerializable(typeof(ParticipantLeft))]
[JsonSerializable(typeof(PermalinkExpired))]
[JsonSerializable(typeof(PermalinkMeetingStarted))]
[JsonSerializable(typeof(PlaybackEnded))]
[JsonSerializable(typeof(PlaybackStarted))]
[JsonSerializable(typeof(PodiumChanged))]
[JsonSerializable(typeof(PresentationStarted))]
[JsonSerializable(typeof(PresentationStopped))]
[JsonSerializable(typeof(RecordingFinished))]
[JsonSerializable(typeof(RecordingStarted))]
[JsonSerializable(typeof(RecordingStopped))]
[JsonSerializable(typeof(RoomLocked))]
[JsonSerializable(typeof(RoomStateReported))]
[JsonSerializable(typeof(RoomUnlocked))]
[JsonSerializable(typeof(SnapshotTaken))]
[JsonSerializable(typeof(UnrecognizedEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
