using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;

namespace EyesonBridge.Tests.Meetings;

/// <summary>What consumers can rely on, whatever comes over the wire.</summary>
public sealed class SequenceProperties
{
    [Fact]
    public void Events_OfAnySequence_AreNumberedWithoutHoles() => AnySequence.Holds(frames =>
    {
        var room = new ObservedRoom { Sequence = 41 };
        HeardStep.All(frames, room);

        Assert.Equal(Enumerable.Range(0, room.Events.Count).Select(i => 42L + i), room.Events.Select(happened => happened.Sequence));
    });

    [Fact]
    public void Events_OfAnySequence_CarryTheirEnvelope() => AnySequence.Holds(frames =>
    {
        var room = new ObservedRoom();
        HeardStep.All(frames, room);

        foreach (var happened in room.Events)
        {
            Assert.Equal(ObservedRoom.Id, happened.RoomId);
            Assert.Equal("default", happened.Account);
            Assert.NotEqual(Guid.Empty, happened.EventId);
            Assert.Equal(TimeSpan.Zero, happened.OccurredAt.Offset);
            Assert.True(happened.ObservedAt >= ObservedRoom.Begin);
            Assert.True(happened.MeetingId is null || happened.MeetingId.StartsWith($"{ObservedRoom.Id}@", StringComparison.Ordinal));
        }
    });

    [Fact]
    public void BeginsAndEnds_OfAnySequence_Alternate() => AnySequence.Holds(frames =>
    {
        var going = new WhatIsGoingOn();
        foreach (var step in HeardStep.All(frames))
        {
            foreach (var happened in step.Events)
                going.Take(happened);

            Assert.Equal(going.Open, WhatIsGoingOn.Of(step.After));
        }
    });

    [Fact]
    public void Conclude_AfterAnySequence_EndsAllThatBegan() => AnySequence.Holds(frames =>
    {
        var room = new ObservedRoom();
        HeardStep.All(frames, room);
        room.Conclude();
        var going = new WhatIsGoingOn();
        foreach (var happened in room.Events)
            going.Take(happened);

        Assert.Empty(going.Open);
        Assert.Null(room.State.Recording);
        Assert.Empty(room.Conclude());
    });

    [Fact]
    public void MeetingStarted_InAnySequence_IsNotSaidTwiceWithoutAnEnd() => AnySequence.Holds(frames =>
    {
        var started = false;
        foreach (var happened in HeardStep.All(frames).SelectMany(step => step.Events))
        {
            Assert.False(started && happened is MeetingStarted, "The meeting started twice.");
            started = happened switch { MeetingStarted => true, MeetingEnded => false, _ => started };
        }
    });

    [Fact]
    public void RecordingPhases_OfAnySequence_AreSaidOnceAMeeting() => AnySequence.Holds(frames =>
    {
        var said = new HashSet<(int Meeting, string Id, Type Phase)>();
        var meeting = 0;
        DateTimeOffset? startedAt = null;
        foreach (var step in HeardStep.All(frames))
        {
            if (step.After.StartedAt is { } now && startedAt is { } before && IsAnother(before, now))
            {
                // What the old meeting still says comes before its end.
                var end = step.Events.TakeWhile(happened => happened is not MeetingEnded { Inferred: true }).Count();
                var old = end == step.Events.Count ? 0 : end;
                Assert.All(step.Events.Take(old), Once);
                meeting++;
                Assert.All(step.Events.Skip(old), Once);
            }
            else
            {
                Assert.All(step.Events, Once);
            }

            startedAt = step.After.StartedAt ?? startedAt;
        }

        void Once(RoomEvent happened)
        {
            var id = happened switch
            {
                RecordingStarted started => started.RecordingId,
                RecordingStopped stopped => stopped.RecordingId,
                RecordingFinished finished => finished.RecordingId,
                _ => null,
            };
            Assert.True(id is null || said.Add((meeting, id, happened.GetType())), $"{happened.GetType().Name} of {id} was said twice.");
        }
    });

    [Fact]
    public void State_WhenAFrameChangesNothing_IsTheSameInstance() => AnySequence.Holds(frames =>
    {
        foreach (var step in HeardStep.All(frames))
        {
            if (MeetingStateSerializer.Write(step.Before).AsSpan().SequenceEqual(MeetingStateSerializer.Write(step.After)))
                Assert.Same(step.Before, step.After);
        }
    });

    [Fact]
    public void State_StoredAndReadAfterEachFrame_LeadsToTheSame() => AnySequence.Holds(frames =>
    {
        var kept = new ObservedRoom();
        HeardStep.All(frames, kept);
        var restored = new ObservedRoom();
        HeardStep.All(frames, restored, room => room.State = ObservedRoom.Restored(room.State));

        Assert.Equivalent(kept.Events, restored.Events, strict: true);
        Assert.Equivalent(kept.State.ToContract(), restored.State.ToContract(), strict: true);
    });

    private static bool IsAnother(DateTimeOffset one, DateTimeOffset other) =>
        one.ToUnixTimeMilliseconds() != other.ToUnixTimeMilliseconds();
}
