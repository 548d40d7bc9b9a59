using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Tests.Meetings;

namespace EyesonBridge.Tests.Observation.Gaps;

public sealed class SubscriptionOpeningTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset GapFrom = At.AddMinutes(-5).ToOffset(TimeSpan.FromHours(2));

    [Fact]
    public void Start_StateFirst_SaysStartedThenDifferencesThenTheState()
    {
        var change = SubscriptionOpening.Start(MeetingState.Unknown, Frame(Bodies.Full).Event, Context(sequence: 0));

        Assert.IsType<ObservationStarted>(change.Events[0]);
        Assert.Equal(EventOrigin.Live, change.Events[0].Origin);
        Assert.IsType<RoomStateReported>(change.Events[^1]);
        Assert.Equal(EventOrigin.Live, change.Events[^1].Origin);
        Assert.All(change.Events.Skip(1).SkipLast(1), happened => Assert.Equal(EventOrigin.Snapshot, happened.Origin));
        Assert.Contains(change.Events, happened => happened is MeetingStarted);
        Assert.Equal(2, change.Events.OfType<ParticipantJoined>().Count());
        AssertNumbered(change.Events, from: 1);
    }

    [Fact]
    public void Start_StateFirst_ReportsTheWholeState()
    {
        var change = SubscriptionOpening.Start(MeetingState.Unknown, Frame(Bodies.Full).Event, Context(sequence: 0));

        Assert.Equivalent(change.State.ToContract(), Assert.IsType<RoomStateReported>(change.Events[^1]).State, strict: true);
    }

    [Fact]
    public void Start_AnotherFrameFirst_SaysStartedAndThatFrameAsLive()
    {
        var change = SubscriptionOpening.Start(MeetingState.Unknown, Frame(Bodies.Joins("a")).Event, Context(sequence: 4));

        Assert.Collection(
            change.Events,
            first => Assert.IsType<ObservationStarted>(first),
            second => Assert.Equal(EventOrigin.Live, Assert.IsType<ParticipantJoined>(second).Origin));
        AssertNumbered(change.Events, from: 5);
    }

    [Fact]
    public void Apply_FirstStateLater_IsComparedAndReported()
    {
        var opened = SubscriptionOpening.Start(MeetingState.Unknown, Frame(Bodies.Joins("a")).Event, Context(sequence: 0));

        var change = SubscriptionOpening.Apply(opened.State, Frame(Bodies.Full).Event, Context(sequence: 2));

        Assert.Equal("b", Assert.Single(change.Events.OfType<ParticipantJoined>()).Participant.Id); // a was known
        Assert.IsType<RoomStateReported>(change.Events[^1]);
        AssertNumbered(change.Events, from: 3);
    }

    [Fact]
    public void Apply_AnythingElse_IsTheNormalizersBusiness()
    {
        var change = SubscriptionOpening.Apply(MeetingState.Unknown, Frame(Bodies.Joins("a")).Event, Context(sequence: 2));

        Assert.Equal(EventOrigin.Live, Assert.IsType<ParticipantJoined>(Assert.Single(change.Events)).Origin);
    }

    [Fact]
    public void Resume_NothingMissed_SaysResumedWithNothingRecovered()
    {
        var known = SubscriptionOpening.Start(MeetingState.Unknown, Frame(Bodies.Full).Event, Context(sequence: 0));

        var change = SubscriptionOpening.Resume(known.State, [Frame(Bodies.Full)], Context(sequence: 9), GapFrom, hasHistory: false);

        Assert.Collection(
            change.Events,
            first =>
            {
                var resumed = Assert.IsType<ObservationResumed>(first);
                Assert.Equal(TimeSpan.Zero, resumed.GapFrom.Offset);
                Assert.Equal((GapFrom, At), (resumed.GapFrom, resumed.GapTo));
                Assert.Empty(resumed.Recovered);
            },
            second => Assert.IsType<RoomStateReported>(second));
        AssertNumbered(change.Events, from: 10);
    }

    [Fact]
    public void Resume_ThingsMissed_CountsThemByType()
    {
        var known = SubscriptionOpening.Start(MeetingState.Unknown, Frame(Bodies.Empty).Event, Context(sequence: 0));

        var change = SubscriptionOpening.Resume(known.State, [Frame(Bodies.Full)], Context(sequence: 9), GapFrom, hasHistory: false);

        var recovered = Assert.IsType<ObservationResumed>(change.Events[0]).Recovered;
        Assert.Equal(2, recovered[nameof(ParticipantJoined)]);
        Assert.Equal(1, recovered[nameof(RecordingStarted)]);
        Assert.DoesNotContain(nameof(RoomStateReported), recovered.Keys, StringComparer.Ordinal);
        Assert.Equal(
            change.Events.Where(happened => happened.Origin == EventOrigin.Snapshot).Select(happened => happened.GetType().Name).Order(StringComparer.Ordinal),
            recovered.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value)).Order(StringComparer.Ordinal));
        AssertNumbered(change.Events, from: 10);
    }

    [Fact]
    public void Resume_Always_NamesWhatIsLostForGood()
    {
        var change = SubscriptionOpening.Resume(MeetingState.Unknown, [Frame(Bodies.Empty)], Context(sequence: 0), GapFrom, hasHistory: false);

        Assert.Equal(
            [nameof(ChatMessageSent), nameof(CustomMessageSent), nameof(RoomLocked), nameof(RoomUnlocked), nameof(PodiumChanged)],
            Assert.IsType<ObservationResumed>(change.Events[0]).Unrecoverable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Resume_LockKnownBefore_IsUnknownAndTheNextLockIsNews(bool locked)
    {
        var known = MeetingState.Unknown with { IsLocked = true };

        var resumed = SubscriptionOpening.Resume(known, [Frame(Bodies.Empty)], Context(sequence: 0), GapFrom, hasHistory: false);
        var told = Meeting.Apply(resumed.State, new LockUpdate { Locked = locked }, Context(sequence: 5));

        Assert.Null(resumed.State.IsLocked);
        Assert.Equal(locked ? typeof(RoomLocked) : typeof(RoomUnlocked), Assert.Single(told.Events).GetType());
    }

    [Theory]
    [InlineData(-60, -60)] // what was made in that one has not been asked for yet
    [InlineData(-2, -5)]
    [InlineData(null, -5)]
    public void Resume_EarlierGapNotFilled_AsksSinceTheEarlierOne(int? earlierMinutes, int expectedMinutes)
    {
        var known = MeetingState.Unknown with { GapFrom = earlierMinutes is { } minutes ? At.AddMinutes(minutes) : null };

        var resumed = SubscriptionOpening.Resume(known, [Frame(Bodies.Empty)], Context(sequence: 0), GapFrom, hasHistory: false);

        Assert.Equal(At.AddMinutes(expectedMinutes), resumed.State.GapFrom);
        Assert.Equal(GapFrom, Assert.IsType<ObservationResumed>(resumed.Events[0]).GapFrom);
    }

    private static HeardFrame Frame(string body) => new(ObserverEventReader.Read(Encoding.UTF8.GetBytes(body)), Encoding.UTF8.GetBytes(body), At);

    private static void AssertNumbered(IReadOnlyList<RoomEvent> events, long from) =>
        Assert.Equal(Enumerable.Range(0, events.Count).Select(offset => from + offset), events.Select(happened => happened.Sequence));

    private static FrameContext Context(long sequence) => new()
    {
        RoomId = "room",
        Account = "default",
        Sequence = sequence,
        ObservedAt = At,
        NewEventId = Guid.CreateVersion7,
    };
}
