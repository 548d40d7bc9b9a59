using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using FsCheck.Xunit;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Tests.Meetings;

/// <summary><c>room_update</c> is the truth, whatever came before it.</summary>
[Properties(Arbitrary = [typeof(WireFrames)], MaxTest = 500)]
public sealed class RoomUpdateProperties
{
    [Property]
    public void RoomUpdate_AtAnyPoint_MakesTheStateEqualToIt(WireFrame[] frames)
    {
        foreach (var step in HeardStep.All(frames))
        {
            if (step.Read is Wire.RoomUpdate { Room: { Shutdown: not true } room } && IsThisRoom(room) && !step.Before.IsLaterThan(room.StartedAt))
                AssertEqual(room, step);
        }
    }

    [Property]
    public void RoomUpdate_Twice_AddsNothing(WireFrame[] frames)
    {
        var again = new ObservedRoom();
        foreach (var step in HeardStep.All(frames))
        {
            if (step.Read is not Wire.RoomUpdate { Room: not null })
                continue;

            again.State = step.After;
            Assert.All(again.Hear(step.Frame.Body!), happened => Assert.IsType<UnrecognizedEvent>(happened));
            Assert.Same(step.After, again.State);
        }
    }

    [Property]
    public void Shutdown_AtAnyPoint_LeavesNothingGoingOn(WireFrame[] frames)
    {
        foreach (var step in HeardStep.All(frames))
        {
            if (step.Read is not Wire.RoomUpdate { Room: { Shutdown: true } room } || !IsThisRoom(room) || step.Before.IsLaterThan(room.StartedAt))
                continue;

            Assert.True(step.After.IsOver);
            Assert.Empty(WhatIsGoingOn.Of(step.After));
            Assert.Null(step.After.Recording);
        }
    }

    private static void AssertEqual(Wire.Room room, HeardStep step)
    {
        // Nothing of the meeting before goes on in this one.
        var isNew = step.Before.IsOver || (step.Before.StartedAt is { } before && room.StartedAt is { } told
            && before.ToUnixTimeMilliseconds() != told.ToUnixTimeMilliseconds());
        var known = isNew ? MeetingState.Unknown : step.Before;
        var state = step.After;

        Assert.False(state.IsOver);
        Assert.Equal(known.IsReady || room.Ready == true, state.IsReady);
        Assert.Equal(known.StartedAt ?? room.StartedAt, state.StartedAt);
        Assert.Equal(room.Name ?? known.Name, state.Name);
        Assert.Equal(known.IsLocked, state.IsLocked);
        Assert.Equal(
            (room.Participants is { } users ? Present(users, known) : known.Participants).OrderBy(each => each.Id, StringComparer.Ordinal),
            state.Participants.OrderBy(each => each.Id, StringComparer.Ordinal));
        Assert.Equal(
            Going(room.Broadcasts?.Select(each => each.Id), known.Broadcasts.Select(each => each.Id)),
            state.Broadcasts.Select(each => each.Id), StringComparer.Ordinal);
        Assert.Equal(
            Going(room.Playbacks?.Select(each => each.PlayId), known.Playbacks.Select(each => each.PlayId)),
            state.Playbacks.Select(each => each.PlayId), StringComparer.Ordinal);
        Assert.Equal(room.Presentation.IsGiven ? room.Presentation.Value is not null : known.Presentation is not null, state.Presentation is not null);
        Assert.Equal(
            room.Presentation.IsGiven ? room.Presentation.Value?.User?.Id : known.Presentation?.PresentedBy?.Id, state.Presentation?.PresentedBy?.Id);
        Assert.Equal(RunningRecording(room, known), state.Recording?.RecordingId);
    }

    private static bool IsThisRoom(Wire.Room room) => room.Id is null or ObservedRoom.Id;

    /// <summary>What a list says that goes on. With an entry that cannot be told from others it is not whole: what was known goes on too.</summary>
    private static IEnumerable<string> Going(IEnumerable<string?>? told, IEnumerable<string> known)
    {
        if (told?.ToList() is not { } ids)
            return known;

        return ids.OfType<string>().Concat(ids.Contains(null) ? known : []).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<Participant> Present(IReadOnlyList<Wire.User> users, MeetingState known)
    {
        var gone = users.Where(user => user.Online == false).Select(user => user.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var told = users
            .Where(user => user is { Id: not null, Online: not false })
            .GroupBy(user => user.Id!, StringComparer.Ordinal)
            .Select(same => same.Last())
            .Select(user => new Participant { Id = user.Id!, Name = user.Name, Avatar = user.Avatar, IsGuest = user.Guest ?? false });
        var isWhole = users.All(user => user.Id is not null);
        return told.Concat(isWhole ? [] : known.Participants.Where(each => !gone.Contains(each.Id))).DistinctBy(each => each.Id, StringComparer.Ordinal);
    }

    /// <summary>A recording that has a duration or a file runs no more; one without an id tells nothing.</summary>
    private static string? RunningRecording(Wire.Room room, MeetingState known) => room.Recording switch
    {
        { IsGiven: false } or { Value: { Id: null } } => known.Recording?.RecordingId,
        { Value: null } => null,
        { Value: { Duration: null, Links: null or { Download: null or "" } } running } => running.Id,
        _ => null,
    };
}
