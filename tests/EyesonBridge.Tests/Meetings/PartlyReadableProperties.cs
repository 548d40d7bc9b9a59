using EyesonBridge.Contracts.V1;
using FsCheck.Xunit;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Tests.Meetings;

/// <summary>Whatever comes over the wire: what can be read is applied, what cannot is reported once, and nothing vanishes.</summary>
[Properties(Arbitrary = [typeof(WireFrames)], MaxTest = 500)]
public sealed class PartlyReadableProperties
{
    [Property]
    public void Fault_InAnyFrame_IsReportedOnce(WireFrame[] frames)
    {
        foreach (var step in HeardStep.All(frames))
        {
            var reports = step.Events.Count(happened => happened is UnrecognizedEvent);
            Assert.True(reports <= 1);
            if (step.Read is Wire.RoomUpdate { LeftOut: null, Room: { Id: null or ObservedRoom.Id } room } && step.Before.IsLaterThan(room.StartedAt))
                continue; // overtaken

            if (step.Read is Wire.UnreadableEvent or Wire.UnknownEvent or { LeftOut: not null } || ListsOf(step.Read).Any(list => list.Contains(null)))
                Assert.Equal(1, reports);
        }
    }

    [Property]
    public void ReadableEntries_OfAnyList_GoOn(WireFrame[] frames)
    {
        foreach (var step in HeardStep.All(frames))
        {
            if (!step.After.IsOver)
                Assert.Subset(WhatIsGoingOn.Of(step.After).ToHashSet(StringComparer.Ordinal), KeysOf(step.Read).ToHashSet(StringComparer.Ordinal));
        }
    }

    [Property]
    public void ListWithAnUnreadableEntry_EndsNothing(WireFrame[] frames)
    {
        foreach (var step in HeardStep.All(frames))
        {
            switch (step.Read)
            {
                case Wire.BroadcastsUpdate { Broadcasts: { } list } when list.Any(each => each.Id is null):
                    Assert.DoesNotContain(step.Events, happened => happened is BroadcastStopped);
                    break;
                case Wire.PlaybackUpdate { Playing: { } list } when list.Any(each => each.PlayId is null):
                    Assert.DoesNotContain(step.Events, happened => happened is PlaybackEnded);
                    break;
            }
        }
    }

    /// <summary>The ids in the lists of a frame that is applied; null where an entry has none.</summary>
    private static IEnumerable<IEnumerable<string?>> ListsOf(Wire.ObserverEvent? read) => read switch
    {
        Wire.SnapshotUpdate { Snapshots: { } list } => [list.Select(each => each.Id)],
        Wire.RoomUpdate { Room: { Shutdown: not true } room } =>
        [
            room.Participants?.Select(each => each.Id) ?? [],
            room.Broadcasts?.Select(each => each.Id) ?? [],
            room.Playbacks?.Select(each => each.PlayId) ?? [],
        ],
        _ => [],
    };

    private static IEnumerable<string> KeysOf(Wire.ObserverEvent? read) => read switch
    {
        Wire.BroadcastsUpdate { Broadcasts: { } list } => list.Where(each => each.Id is not null).Select(each => $"broadcast {each.Id}"),
        Wire.PlaybackUpdate { Playing: { } list } => list.Where(each => each.PlayId is not null).Select(each => $"playback {each.PlayId}"),
        _ => [],
    };
}
