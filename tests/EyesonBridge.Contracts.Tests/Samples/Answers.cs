using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests.Samples;

internal static class Answers
{
    internal static readonly object[] All =
    [
        new CommandRejected
        {
            Code = RejectionCodes.UnknownAccount,
            Message = "No account named 'sales' is configured. Configured are: default.",
        },
        new ObservationAccepted
        {
            RoomId = Sample.RoomId,
            Account = "default",
            Status = ObservationStatus.Waiting,
            AlreadyRegistered = false,
            Confirmed = false,
        },
        new ObservationStopped { RoomId = Sample.RoomId, WasRegistered = true },
        new Observations
        {
            Items =
            [
                new V1.Observation
                {
                    RoomId = Sample.RoomId,
                    Account = "default",
                    Status = ObservationStatus.Interrupted,
                    StatusSince = Sample.At("2023-12-11T09:58:12.412Z"),
                    Reason = "silent",
                    WantedBy = ["command"],
                    WaitUntil = Sample.At("2023-12-11T10:30:00Z"),
                    Sequence = 42,
                    MeetingId = Sample.MeetingId,
                    Owner = "eyeson-bridge-0",
                },
            ],
            Next = Sample.RoomId,
            Total = 3,
        },
        new PermalinkObservationAccepted
        {
            PermalinkId = "6572f0a41f138900153d0711",
            RoomId = Sample.RoomId,
            AlreadyRegistered = false,
            ExpiredAt = Sample.At("2023-12-11T09:00:00Z"),
        },
        new WatchedPermalinks
        {
            Items =
            [
                new WatchedPermalink
                {
                    PermalinkId = "6572f0a41f138900153d0711",
                    RoomId = Sample.RoomId,
                    Account = "default",
                    Recurring = true,
                    Waiting = true,
                    MeetingStartedAt = Sample.StartedAt,
                },
            ],
            Next = "7",
        },
        new PermalinkObservationStopped { WasRegistered = true },
        new PermalinkMeetingReady
        {
            RoomId = Sample.RoomId,
            AccessKey = "the-hosts-access-key",
            JoinUrl = "https://app.eyeson.team/?the-hosts-access-key",
            StartedAt = Sample.StartedAt,
            Account = "default",
        },
        new GuestUserCreated
        {
            RoomId = Sample.RoomId,
            AccessKey = "the-guests-access-key",
            JoinUrl = "https://app.eyeson.team/?the-guests-access-key",
        },
    ];
}
