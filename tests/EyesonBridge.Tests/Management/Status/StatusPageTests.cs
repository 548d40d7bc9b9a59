using EyesonBridge.Contracts.V1;
using EyesonBridge.Management.Status;
using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Management.Status;

public sealed class StatusPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly BridgeStatus Quiet = new()
    {
        At = Now,
        Replica = "this",
        Health = Health.Healthy,
        Checks = [],
        Events = EventRate.Of(new long[60], TimeSpan.FromSeconds(10)),
        Outbox = new OutboxStatus { Events = 0, Bytes = 0, OldestSeconds = 0, StalledSeconds = 0 },
        Gaps = new GapSummary { LastHour = 0, Now = 0, Latest = [] },
        Rooms = 0,
        RoomsByStatus = new Dictionary<string, int>(StringComparer.Ordinal),
        Replicas = [new ReplicaStatus { Name = "this", IsThis = true, Rooms = 0 }],
    };

    [Theory]
    [InlineData(0, "nothing is waiting")]
    [InlineData(2, "although events are waiting")]
    public void Render_NoConfirm_SaysThatEventsWaitOnlyWhenTheyDo(int waiting, string says)
    {
        var page = Render(Quiet with { Outbox = Quiet.Outbox with { Events = waiting } });

        Assert.Contains($"""<div class="card" id="no-confirm-for"><b>no confirm for <span class="ok">0 s</span></b><p>{says}</p>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_DegradedPart_IsNotGreen()
    {
        var page = Render(Quiet with { Checks = [new CheckStatus { Name = "routing", Health = Health.Degraded, Description = "RoomLocked (1)" }] });

        Assert.Contains("""<div class="card" id="routing"><b>routing <span class="warn">degraded</span></b><p>RoomLocked (1)</p>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TheWhole_ComesFirst()
    {
        var page = Render(Quiet with
        {
            Events = EventRate.Of([.. new long[54], 10, 20, 30, 40, 50, 600], TimeSpan.FromSeconds(10)),
            Outbox = new OutboxStatus { Events = 1200, Bytes = 4096, OldestSeconds = 75, StalledSeconds = 70 },
            Gaps = new GapSummary { LastHour = 3, Now = 1, Latest = [new RecentGap("a&b", Now.AddSeconds(-65), Now.AddSeconds(-60), "silent")] },
        });

        Assert.Contains("""events a second <span class="">12</span></b><p>over the last minute; at most 60 in ten minutes</p><svg""", page, StringComparison.Ordinal);
        Assert.Contains("240,1\"", page, StringComparison.Ordinal); // the highest point is the last
        Assert.Contains("""lag <span class="bad">1 min 15 s""", page, StringComparison.Ordinal);
        Assert.Contains("""gaps <span class="warn">3</span></b><p>in the last hour; 1 rooms have one now""", page, StringComparison.Ordinal);
        Assert.Contains("""outbox <span class="warn">1,200 events</span></b><p>4.0 KiB""", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("events a second", StringComparison.Ordinal) < page.IndexOf("<h2>Health", StringComparison.Ordinal));
        Assert.Contains("""<a href="room?id=a%26b">a&amp;b</a>""", page, StringComparison.Ordinal);
        Assert.Contains("""<td class="n" data-of="length">5.0 s<td data-of="reason">silent""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Replicas", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Replicas_AreListedWithTheirOwnersOfRooms()
    {
        var page = Render(
            Quiet with
            {
                Replicas =
                [
                    new ReplicaStatus { Name = "this", IsThis = true, Rooms = 4, Health = Health.Healthy, EventsPerSecond = 2.5, GapsLastHour = 0, OldestSeconds = 0 },
                    new ReplicaStatus { Name = "other", IsThis = false, Rooms = 5 },
                ],
            },
            Room("<room>") with { Owner = "other" });

        Assert.Contains("""other<td class="bad" data-of="health">does not answer<td class="n" data-of="rooms">5<td class="n" data-of="events a second">–""", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="room?id=%3Croom%3E">&lt;room&gt;</a>""", page, StringComparison.Ordinal);
        Assert.Contains("""<td class="n" data-of="reconnects">–<td class="n" data-of="lag">0 s<td data-of="replica">other</tr>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ARoom_TellsItsMeetingEventsAndGaps()
    {
        var details = new RoomDetails
        {
            Room = Room("room") with { Status = ObservationStatus.Interrupted, StatusSince = Now.AddSeconds(-9), Reason = "silent", Owner = "this", Reconnects = 2 },
            Meeting = new MeetingSummary
            {
                StartedAt = Now.AddHours(-1),
                IsOver = false,
                Participants = 3,
                Guests = 1,
                IsRecording = true,
                IsPresenting = false,
                Broadcasts = 0,
                Playbacks = 0,
                RecordingsToFollow = 0,
            },
            IsTold = true,
            Events = [new(12, "ParticipantJoined", Now.AddSeconds(-30))],
            Gaps = [new RecentGap("room", Now.AddSeconds(-100), Now.AddSeconds(-90), "connectionLost")],
        };

        var page = new RoomDetailsPage("room", details, Now).Render();

        Assert.Contains("""state <span class="bad">interrupted</span></b><p>silent</p>""", page, StringComparison.Ordinal);
        Assert.Contains("<dt>participants<dd>3, 1 of them guests", page, StringComparison.Ordinal);
        Assert.Contains("<dt>recording<dd>yes", page, StringComparison.Ordinal);
        Assert.Contains("""12<td data-of="type">ParticipantJoined<td data-of="time (UTC)"><time datetime="2026-01-01T11:59:30.0000000Z">2026-01-01 11:59:30</time>""", page, StringComparison.Ordinal);
        Assert.Contains("""<span class="bad">now</span><td class="n" data-of="length">9.0 s<td data-of="reason">silent""", page, StringComparison.Ordinal);
        Assert.Contains("""<td class="n" data-of="length">10.0 s<td data-of="reason">connectionLost""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ARoomThatNobodyHereKnows_SaysSo()
    {
        var unknown = new RoomDetailsPage("<room>", details: null, Now).Render();
        var silent = new RoomDetailsPage("room", new RoomDetails { Room = Room("room"), IsTold = false, Events = [], Gaps = [] }, Now).Render();

        Assert.Contains("There is no such room here", unknown, StringComparison.Ordinal);
        Assert.Contains("&lt;room&gt;</h1>", unknown, StringComparison.Ordinal);
        Assert.Contains("only the replica that observes the room does", silent, StringComparison.Ordinal);
        Assert.Contains("Its state cannot be read", silent, StringComparison.Ordinal);
    }

    private static RoomStatus Room(string roomId) => new()
    {
        RoomId = roomId,
        Account = "default",
        Status = ObservationStatus.Observing,
        StatusSince = Now,
        WantedBy = ["command"],
        Events = 12,
        LagSeconds = 0,
    };

    private static string Render(BridgeStatus status, params IReadOnlyList<RoomStatus> rooms) =>
        new StatusPage(status, new RoomStatusPage { Items = rooms, Found = rooms.Count, Total = rooms.Count }, new StatusQuery(State: null, "", 1)).Render();
}
