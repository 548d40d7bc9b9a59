using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests.Samples;

/// <summary>What happens in a meeting, one thing at a time.</summary>
internal static class MeetingEvents
{
    internal static readonly object[] All =
    [
        Sample.Event<MeetingStarted>(2, "2023-12-11T09:48:32.031Z") with { Name = "Observer demo", StartedAt = Sample.StartedAt },
        Sample.Event<MeetingEnded>(41, "2023-12-11T10:04:07.815Z") with
        {
            Name = "Observer demo",
            StartedAt = Sample.StartedAt,
            Inferred = false,
        },
        Sample.Event<ParticipantJoined>(3, "2023-12-11T09:48:34.612Z") with { Participant = Sample.Participant },
        Sample.Event<ParticipantLeft>(40, "2023-12-11T10:04:07.815Z") with { Participant = Sample.Participant },
        Sample.Event<RecordingStarted>(12, "2023-12-11T09:50:18Z") with
        {
            RecordingId = "6576db593df56e00150ae3ce",
            StartedBy = Sample.User,
        },
        Sample.Event<RecordingStopped>(13, "2023-12-11T09:50:23.204Z") with
        {
            RecordingId = "6576db593df56e00150ae3ce",
            DurationSeconds = 5,
            StartedBy = Sample.User,
        },
        Sample.Event<RecordingFinished>(14, "2023-12-11T09:50:31.946Z", EventOrigin.Backfill) with
        {
            RecordingId = "6576db593df56e00150ae3ce",
            DurationSeconds = 5,
            DownloadUrl = "https://fs.eyeson.com/meetings/6576daf01f138900153d0763/6576db593df56e00150ae3ce.webm?X-Amz-Algorithm=...",
            StartedAt = Sample.At("2023-12-11T09:50:18Z"),
            StartedBy = Sample.User,
        },
        Sample.Event<SnapshotTaken>(21, "2023-12-11T09:58:54.498Z") with
        {
            SnapshotId = "6576dd5ee71541001518fc11",
            Name = "1702288734",
            DownloadUrl = "https://fs.eyeson.com/meetings/6576daf01f138900153d0763/snapshots/1702288734.jpg?X-Amz-Algorithm=...",
            TakenBy = Sample.User,
        },
        Sample.Event<ChatMessageSent>(24, "2023-12-11T09:59:33.892Z") with
        {
            Content = "Hello world! Grüße",
            UserId = "test@observer.com",
            ClientId = "6576daf01f138900153d0764",
        },
        Sample.Event<CustomMessageSent>(26, "2023-12-11T10:01:49.353Z") with
        {
            Content = "Your custom message",
            UserId = "test@observer.com",
            ClientId = "6576daf01f138900153d0764",
        },
        Sample.Event<RoomLocked>(27, "2023-12-11T10:02:03.118Z"),
        Sample.Event<RoomUnlocked>(28, "2023-12-11T10:02:40.551Z"),
        Sample.Event<UnrecognizedEvent>(30, "2023-12-11T10:03:00.007Z") with
        {
            WireType = "reaction_update",
            Raw = """{"type":"reaction_update","reaction":"👍"}""",
            Truncated = false,
            Problem = "'reaction' is not an object.",
        },
    ];
}
