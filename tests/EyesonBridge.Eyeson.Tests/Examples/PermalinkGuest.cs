using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Eyeson.Tests.Examples;

internal static class PermalinkGuest
{
    /// <summary>Waits for the host, and takes a seat: the access key for Eyeson's SDKs, or why there is none.</summary>
    public static async Task<(string? AccessKey, string? Problem)> JoinAsync(
        EyesonPermalinkClient permalinks, string guestToken, string name, TimeProvider clock, CancellationToken stop)
    {
        while (true)
        {
            var meeting = await permalinks.GetMeetingInfoAsync(guestToken, stop);
            if (meeting.Outcome == RestOutcome.NotFound)
                return (null, "there is no such permalink");
            if (meeting.Value?.IsExpired(clock.GetUtcNow()) == true)
                return (null, "the permalink has expired");
            if (meeting.Value?.IsStarted == true)
                break;

            await Task.Delay(TimeSpan.FromSeconds(5), clock, stop);
        }

        var seat = await permalinks.CreateGuestAsync(guestToken, new GuestRequest { Name = name }, stop);
        return seat.Outcome switch
        {
            RestOutcome.Ok => (seat.Value!.AccessKey, null),
            RestOutcome.Locked => (null, "the meeting is locked"),
            RestOutcome.Gone => (null, "the meeting is over"),
            _ => (null, $"{seat.Outcome} {seat.Reason}"),
        };
    }
}
