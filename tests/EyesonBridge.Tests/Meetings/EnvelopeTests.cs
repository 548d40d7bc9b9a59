using System.Text;
using System.Text.RegularExpressions;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;

namespace EyesonBridge.Tests.Meetings;

/// <summary>What all events have in common, and the state as the store keeps it.</summary>
public sealed partial class EnvelopeTests
{
    [Fact]
    public void Apply_SeveralEventsOfOneBody_AreNumberedAfterTheLast()
    {
        var room = new ObservedRoom { Sequence = 41 };

        Assert.Equal([42L, 43, 44, 45, 46, 47, 48], room.Hear(Bodies.Full).Select(happened => happened.Sequence));
        Assert.Equal(49, room.HearOne<ParticipantJoined>(Bodies.Joins("c")).Sequence);
    }

    [Fact]
    public void Apply_AnyEvent_NamesRoomAccountAndWhenItWasHeard()
    {
        var heard = ObservedRoom.Begin.ToOffset(TimeSpan.FromHours(2));
        var joined = new ObservedRoom { Now = heard }.HearOne<ParticipantJoined>(Bodies.Joins("a"), EventOrigin.Snapshot);

        Assert.Equal(ObservedRoom.Id, joined.RoomId);
        Assert.Equal("default", joined.Account);
        Assert.Equal(EventOrigin.Snapshot, joined.Origin);
        Assert.Equal(heard, joined.ObservedAt);
        Assert.Equal(TimeSpan.Zero, joined.ObservedAt.Offset);
        Assert.Equal(joined.ObservedAt, joined.OccurredAt);
        Assert.Null(joined.MeetingId);
    }

    [Theory]
    [InlineData("2023-12-11T09:48:32.031Z", "2023-12-11T09:48:32.031Z")]
    [InlineData("2023-12-11T10:48:32.031+01:00", "2023-12-11T09:48:32.031Z")]
    [InlineData("2023-12-11T23:48:32.0319999-05:00", "2023-12-12T04:48:32.031Z")]
    [InlineData("2023-12-11T09:48:32Z", "2023-12-11T09:48:32.000Z")]
    [InlineData("1702288218", "2023-12-11T09:50:18.000Z")]
    public void MeetingId_StartInAnyForm_IsRoomAndUtcToTheMillisecond(string startedAt, string expected)
    {
        var started = new ObservedRoom().HearOne<MeetingStarted>(Bodies.Room($"\"ready\":true,\"started_at\":\"{startedAt}\""));

        Assert.Equal($"{ObservedRoom.Id}@{expected}", started.MeetingId);
        Assert.Equal(TimeSpan.Zero, started.OccurredAt.Offset);
        Assert.Equal(TimeSpan.Zero, started.StartedAt?.Offset);
    }

    [Fact]
    public void Apply_TimesInOtherOffsets_BecomeUtc()
    {
        var room = new ObservedRoom();
        room.Hear(Bodies.Full);
        room.Hear("""{"type":"chat","content":"hi","created_at":"2023-12-11T10:59:33.892+01:00"}""");
        room.Hear("""{"type":"snapshot_update","snapshots":[{"id":"s","created_at":"2023-12-11T10:59:33.892+01:00"}]}""");

        Assert.All(room.Events, happened => Assert.Equal(TimeSpan.Zero, happened.OccurredAt.Offset));
        Assert.Equal(new DateTimeOffset(2023, 12, 11, 9, 59, 33, 892, TimeSpan.Zero), room.Events[^1].OccurredAt);
        Assert.Equal(room.Events[^1].OccurredAt, room.Events[^2].OccurredAt);
        var presented = Assert.Single(room.Events.OfType<PresentationStarted>()).Presentation.PresentedBy;
        Assert.Equal(new DateTimeOffset(2023, 12, 11, 9, 48, 34, 433, TimeSpan.Zero), presented?.JoinedAt);
        Assert.Equal(TimeSpan.Zero, presented?.JoinedAt?.Offset);
    }

    [Fact]
    public void EventIdentity_DerivedIds_ArePinnedAndOfVersion8()
    {
        var at = new DateTimeOffset(2023, 12, 11, 9, 59, 33, 892, TimeSpan.Zero);
        Guid[] ids =
        [
            EventIdentity.Recording("r1", RecordingPhases.Started),
            EventIdentity.Recording("r1", RecordingPhases.Stopped),
            EventIdentity.Recording("r1", RecordingPhases.Finished),
            EventIdentity.Snapshot("r1"),
            EventIdentity.Message("chat", "room", "u", null, at, "hi"),
            EventIdentity.Message("chat", "room", null, "u", at, "hi"),
            EventIdentity.Message("chat", "rooma", "u", null, at, "hi"),
            EventIdentity.Message("chat", "room", "au", null, at, "hi"),
        ];

        Assert.Distinct(ids);
        Assert.All(ids, id => Assert.Matches(Version8(), id.ToString()));
        Assert.Equal("66077c03-9068-8b51-8ffb-2886164f33ec", ids[0].ToString());
        Assert.Equal("9b49baad-15ad-8a80-8565-1559a178b5d4", ids[3].ToString());
        Assert.Equal("ec76cc5a-9a84-89d1-824f-2c91c83ec07c", ids[4].ToString());
    }

    [Fact]
    public void EventIdentity_NoSinglePhase_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EventIdentity.Recording("r1", RecordingPhases.Started | RecordingPhases.Stopped));

    [Fact]
    public void Serializer_FullState_ComesBackAsItWas()
    {
        var room = ObservedRoom.After(Bodies.Full, Bodies.Snapshots("s1"), """{"type":"lock","locked":true}""");
        var written = MeetingStateSerializer.Write(room.State);

        var restored = MeetingStateSerializer.Read(written);

        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(MeetingStateSerializer.Write(restored)));
        Assert.Equivalent(room.State.ToContract(), restored.ToContract(), strict: true);
        room.State = restored;
        Assert.Empty(room.Hear(Bodies.Full));
        Assert.Empty(room.Hear(Bodies.Snapshots("s1")));
        Assert.Same(restored, room.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"later":1}""")]
    public void Serializer_NothingStored_IsAMeetingOfWhichNothingIsKnown(string json)
    {
        var room = new ObservedRoom { State = MeetingStateSerializer.Read(Encoding.UTF8.GetBytes(json)) };

        Assert.Equal(7, room.Hear(Bodies.Full).Count);
        Assert.Single(room.Hear(Bodies.Snapshots("s1")));
    }

    [Fact]
    public void Serializer_State_HoldsNoSecret()
    {
        var room = new ObservedRoom();
        foreach (var type in (string[])["room_update", "recording_update", "snapshot_update", "broadcasts_update", "presentation_update"])
            room.Hear(Bodies.Sample(type));

        var json = Encoding.UTF8.GetString(MeetingStateSerializer.Write(room.State));
        Assert.DoesNotContain("jCWzhzCWONkbIubUYF7PD3hP", json, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Amz", json, StringComparison.Ordinal);
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version8();
}
