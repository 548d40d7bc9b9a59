using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using FsCheck.Xunit;

namespace EyesonBridge.Tests.Meetings;

/// <summary>
/// What consumers can rely on, whatever comes over the wire. A failure shows the shortest sequence found, and a seed:
/// <c>[Property(Replay = "(…)")]</c> repeats it.
/// </summary>
[Properties(Arbitrary = [typeof(WireFrames)], MaxTest = 500)]
public sealed class SequenceProperties
{
    [Property]
    public void Events_OfAnySequence_AreNumberedWithoutHoles(WireFrame[] frames)
    {
        var room = new ObservedRoom { Sequence = 41 };
        HeardStep.All(frames, room);

        Assert.Equal(Enumerable.Range(0, room.Events.Count).Select(i => 42L + i), room.Events.Select(happened => happened.Sequence));
    }

    [Property]
    public void Events_OfAnySequence_CarryTheirEnvelope(WireFrame[] frames)
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
    }

    [Property]
    public void BeginsAndEnds_OfAnySequence_Alternate(WireFrame[] frames)
    {
        var going = new WhatIsGoingOn();
        foreach (var step in HeardStep.All(frames))
        {
            foreach (var happened in step.Events)
                going.Take(happened);

            Assert.Equal(going.Open, WhatIsGoingOn.Of(step.After));
        }
    }

    [Property]
    public void Conclude_AfterAnySequence_EndsAllThatBegan(WireFrame[] frames)
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
    }

    [Property]
    public void MeetingStarted_InAnySequence_IsNotSaidTwiceWithoutAnEnd(WireFrame[] frames)
    {
        var started = false;
        foreach (var happened in HeardStep.All(frames).SelectMany(step => step.Events))
        {
            Assert.False(started && happened is MeetingStarted, "The meeting started twice.");
            started = happened switch { MeetingStarted => true, MeetingEnded => false, _ => started };
        }
    }

    [Property]
    public void RecordingPhases_OfAnySequence_AreSaidOnceAMeeting(WireFrame[] frames)
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
    }

    [Property]
    public void State_WhenAFrameChangesNothing_IsTheSameInstance(WireFrame[] frames)
    {
        foreach (var step in HeardStep.All(frames))
        {
            if (MeetingStateSerializer.Write(step.Before).AsSpan().SequenceEqual(MeetingStateSerializer.Write(step.After)))
                Assert.Same(step.Before, step.After);
        }
    }

    [Property]
    public void State_StoredAndReadAfterEachFrame_LeadsToTheSame(WireFrame[] frames)
    {
        var kept = new ObservedRoom();
        HeardStep.All(frames, kept);
        var restored = new ObservedRoom();
        HeardStep.All(frames, restored, room => room.State = ObservedRoom.Restored(room.State));

        Assert.Equivalent(kept.Events, restored.Events, strict: true);
        Assert.Equivalent(kept.State.ToContract(), restored.State.ToContract(), strict: true);
    }

    private static bool IsAnother(DateTimeOffset one, DateTimeOffset other) =>
        one.ToUnixTimeMilliseconds() != other.ToUnixTimeMilliseconds();
}
