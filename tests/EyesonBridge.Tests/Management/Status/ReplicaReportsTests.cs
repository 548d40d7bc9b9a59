using System.Text;
using System.Text.Json;
using EyesonBridge.Management.Status;
using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EyesonBridge.Tests.Management.Status;

public sealed class ReplicaReportsTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Answer_AboutTheReplica_IsReadAsWhatItIs()
    {
        await using var bridge = await BridgeFixture.StartAsync(Cancelled);
        var reports = bridge.Bridge.Services.GetRequiredService<ReplicaReports>();

        var answer = await reports.AnswerAsync("status", Cancelled);

        var report = JsonSerializer.Deserialize(answer!, StatusJson.Default.ReplicaReport)!;
        Assert.Equal((Health.Healthy, 60), (report.Health, report.Events.Count));
        Assert.Null(await reports.AnswerAsync("room another", Cancelled));
        Assert.Null(await reports.AnswerAsync("something that a later version asks", Cancelled));
        Assert.Null(await reports.ListAsync(Cancelled)); // SQLite: there can be no others
    }

    [Fact(Timeout = 60_000)]
    public async Task Answers_AtTheirLongest_FitIntoWhatTheDatabasePassesOn()
    {
        await using var talk = new ReplicaTalk(null!, TimeProvider.System);
        var room = new string('試', 85); // 255 bytes, the longest that there is
        RecentGap[] gaps = [.. Enumerable.Repeat(new RecentGap(room, At, At, "subscriptionRejected"), RecentActivity.GapsKept)];
        var replica = new ReplicaReport
        {
            Health = Health.Unhealthy,
            Events = [.. Enumerable.Repeat(10_000_000L, 60)],
            GapsLastHour = 10_000_000,
            LatestGaps = gaps,
            OldestSeconds = 1e9,
            StalledSeconds = 1e9,
        };
        var report = new RoomReport
        {
            LastEventAt = At,
            Reconnects = int.MaxValue,
            LagSeconds = 1e9,
            Events = [.. Enumerable.Repeat(new RecentEvent(long.MaxValue, "PermalinkMeetingStarted", At), RecentEvents.Kept)],
            Gaps = gaps,
        };

        Assert.InRange(Encoding.UTF8.GetByteCount(ReplicaReports.Write(replica)), 1, talk.MostBytes);
        Assert.InRange(Encoding.UTF8.GetByteCount(ReplicaReports.Write(report)), 1, talk.MostBytes);
    }
}
