using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests.Samples;

/// <summary>What happens to the observation of a room, and to permalinks.</summary>
internal static class ObservationEvents
{
    internal static readonly object[] All =
    [
        Sample.Event<ObservationStarted>(1, "2023-12-11T09:48:31.940Z"),
        Sample.Event<ObservationInterrupted>(31, "2023-12-11T10:03:11.020Z") with
        {
            Reason = InterruptionReason.ServerDisconnected,
            Detail = "server_restart",
        },
        Sample.Event<ObservationResumed>(32, "2023-12-11T10:03:14.385Z") with
        {
            GapFrom = Sample.At("2023-12-11T10:03:11.020Z"),
            GapTo = Sample.At("2023-12-11T10:03:14.385Z"),
            Recovered = new Dictionary<string, int>(StringComparer.Ordinal) { ["ParticipantJoined"] = 2, ["RecordingStarted"] = 1 },
            Unrecoverable = ["ChatMessageSent", "CustomMessageSent"],
        },
        Sample.Event<ObservationEnded>(42, "2023-12-11T10:04:07.815Z") with { Reason = ObservationEndReason.MeetingEnded },
        Sample.Event<ObservationRejected>(43, "2023-12-11T10:10:00.301Z") with
        {
            Reason = ObservationRejectionReason.RoomNotRunning,
            Message = "The room is not running under the key of account 'default'. Start it first, or say until when to wait (WaitUntil).",
        },
        Sample.Event<RoomStateReported>(36, "2023-12-11T10:03:14.385Z", EventOrigin.Snapshot) with
        {
            State = new RoomState
            {
                Name = "Observer demo",
                IsReady = true,
                StartedAt = Sample.StartedAt,
                IsLocked = false,
                Participants = [Sample.Participant],
                Recording = new ActiveRecording
                {
                    RecordingId = "6576db593df56e00150ae3ce",
                    StartedAt = Sample.At("2023-12-11T09:50:18Z"),
                    StartedBy = Sample.User,
                },
                Broadcasts = [ListEvents.Broadcast],
                Playbacks = [ListEvents.Playback],
                Presentation = ListEvents.Presentation,
                Layout = ListEvents.Layout,
            },
        },
        Sample.Event<PermalinkMeetingStarted>(44, "2023-12-12T08:00:02.517Z", EventOrigin.Backfill) with
        {
            PermalinkId = "6572f0a41f138900153d0711",
            Name = "Weekly",
        },
        Sample.Event<PermalinkExpired>(45, "2023-12-31T23:00:00Z", EventOrigin.Backfill) with
        {
            PermalinkId = "6572f0a41f138900153d0711",
            ExpiredAt = Sample.At("2023-12-31T23:00:00Z"),
        },
    ];
}
