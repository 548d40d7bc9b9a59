using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests.Samples;

internal static class Commands
{
    internal static readonly object[] All =
    [
        new ObserveRoom { RoomId = Sample.RoomId, Account = "default", WaitUntil = Sample.At("2023-12-11T10:30:00Z"), Confirm = 10 },
        new StopObservingRoom { RoomId = Sample.RoomId },
        new GetObservations { Statuses = [ObservationStatus.Observing, ObservationStatus.Interrupted], After = Sample.RoomId, Limit = 100 },
        new GetPermalinks { After = "7", Limit = 100 },
        new ObservePermalink { Token = "a-user-or-guest-token", Account = "default", Recurring = true },
        new StopObservingPermalink { Token = "a-user-or-guest-token" },
        new StartPermalinkMeeting { UserToken = "the-hosts-user-token", Observe = true, Account = "default" },
        new RequestGuestUser { GuestToken = "the-guest-token", Name = "Jane Doe", Email = "jane@example.com", Locale = "de" },
    ];
}
