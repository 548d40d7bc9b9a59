using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Tests.Meetings;

namespace EyesonBridge.Tests.Observation.Gaps;

public sealed class HistoryReplayTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MeetingState Known = MeetingState.Unknown with { StartedAt = DateTimeOffset.Parse(Bodies.Started, null) };

    [Fact]
    public void InOrder_NoHistory_IsAsTheyCameAndLive()
    {
        var frames = HistoryReplay.InOrder([Frame(Bodies.Joins("a"), 2), Frame(Bodies.Empty), Frame(Bodies.Joins("b"), 1)], Known, hasHistory: false);

        Assert.Equal([2L, null, 1L], frames.Select(frame => frame.Offset));
        Assert.All(frames, frame => Assert.Equal(EventOrigin.Live, frame.Origin));
    }

    [Fact]
    public void InOrder_History_IsTheStateAndThenWhatIsRepeatedByItsOffset()
    {
        var frames = HistoryReplay.InOrder(
            [Frame(Bodies.Leaves("a"), 9), Frame(Bodies.Empty), Frame(Bodies.Full, 7), Frame(Bodies.Joins("a"), 8), Frame(Bodies.Shutdown, 10)],
            Known,
            hasHistory: true);

        Assert.Equal([null, 8L, 9L, 10L], frames.Select(frame => frame.Offset)); // 7 is an older state
        Assert.Equal([EventOrigin.Live, EventOrigin.Backfill, EventOrigin.Backfill, EventOrigin.Backfill], frames.Select(frame => frame.Origin));
    }

    [Fact]
    public void Resume_HistoryOfAMeetingThatEndedInTheGap_EndsThatOneAndNotTheNext()
    {
        var before = ObservedRoom.After(Bodies.Full).State;
        var next = Bodies.Room($$"""  "ready":true,"started_at":"{{Bodies.StartedLater}}","participants":[{"id":"c"}]  """);
        var frames = HistoryReplay.InOrder(
            [Frame(next), Frame(Bodies.Leaves("a"), 8), Frame(Bodies.Shutdown, 9)], before, hasHistory: true);

        var change = SubscriptionOpening.Resume(before, frames, Context(), At.AddMinutes(-1), hasHistory: true);

        Assert.False(change.State.IsOver);
        Assert.Equal(["c"], change.State.Participants.Select(participant => participant.Id));
        var ended = Assert.Single(change.Events.OfType<MeetingEnded>());
        Assert.Equal((false, EventOrigin.Backfill, before.MeetingId("room")), (ended.Inferred, ended.Origin, ended.MeetingId));
        Assert.Equal(["a", "b"], change.Events.OfType<ParticipantLeft>().Select(left => left.Participant.Id));
        Assert.Equal(Enumerable.Range(1, change.Events.Count).Select(number => (long)number), change.Events.Select(happened => happened.Sequence));
    }

    private static FrameContext Context() => new()
    {
        RoomId = "room",
        Account = "default",
        Sequence = 0,
        ObservedAt = At,
        NewEventId = Guid.CreateVersion7,
    };

    private static HeardFrame Frame(string body, long? offset = null) =>
        new(ObserverEventReader.Read(Encoding.UTF8.GetBytes(body)), Encoding.UTF8.GetBytes(body), At, Offset: offset);
}
