using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Tests.Meetings;

public sealed class RosterTests
{
    [Fact]
    public void Apply_ParticipantComesAndGoesTwice_SaysEachOnce()
    {
        var room = ObservedRoom.After(Bodies.Joins("a"), Bodies.Leaves("a"), Bodies.Joins("a"), Bodies.Leaves("a"));

        Assert.Equal(["ParticipantJoined", "ParticipantLeft", "ParticipantJoined", "ParticipantLeft"], ObservedRoom.Names(room.Events));
        Assert.Empty(room.State.Participants);
    }

    [Fact]
    public void Apply_JoinRepeated_SaysNothing()
    {
        var room = ObservedRoom.After(Bodies.Joins("a"));
        var before = room.State;

        Assert.Empty(room.Hear(Bodies.Joins("a")));
        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_LeaveWithoutJoin_SaysNothing()
    {
        var room = ObservedRoom.After(Bodies.Joins("a"));
        var before = room.State;

        Assert.Empty(room.Hear(Bodies.Leaves("b")));
        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_LeaveRepeated_SaysNothing() =>
        Assert.Empty(ObservedRoom.After(Bodies.Joins("a"), Bodies.Leaves("a")).Hear(Bodies.Leaves("a")));

    [Fact]
    public void Apply_IdsThatDifferInCaseOnly_AreTwoParticipants() =>
        Assert.Equal(["a", "A"], ObservedRoom.After(Bodies.Joins("a"), Bodies.Joins("A")).State.Participants.Select(each => each.Id), StringComparer.Ordinal);

    [Fact]
    public void Apply_ParticipantWithAnotherName_KeepsTheNameAndSaysNothing()
    {
        var room = ObservedRoom.After(Bodies.Joins("a", "Ann"), Bodies.Joins("b", "Bob"));

        Assert.Empty(room.Hear(Bodies.Joins("a", "Anna")));
        Assert.Equal(["Anna", "Bob"], room.State.Participants.Select(each => each.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void Compare_ListAsLongAsAFrameAllows_TakesNoMoreForEachThanAShortOne()
    {
        AllocatedFor(100); // what is made once

        var (few, many) = (AllocatedFor(1_000), AllocatedFor(8_000));

        Assert.InRange(many, 4 * few, 16 * few);

        static long AllocatedFor(int count)
        {
            var room = ObservedRoom.After();
            var everybody = Bodies.Room($"\"participants\":[{string.Join(',', Enumerable.Range(0, count).Select(number => $"{{\"id\":\"{number}\"}}"))}]");
            var nobody = Bodies.Room("\"participants\":[]");
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(count, room.Hear(everybody).Count);
            Assert.Equal(count, room.Hear(nobody).Count);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Apply_RenamedParticipantLeavesTheRoomsList_IsNamedAsLastSeen()
    {
        var room = ObservedRoom.After(Bodies.Joins("a", "Ann"), Bodies.Joins("a", "Anna"));

        Assert.Equal("Anna", room.HearOne<ParticipantLeft>(Bodies.Room("\"participants\":[]")).Participant.Name);
    }

    [Fact]
    public void Apply_LeaveWithoutAName_NamesWhoJoined()
    {
        var room = ObservedRoom.After(Bodies.Full);

        var left = room.HearOne<ParticipantLeft>("""{"type":"participant_update","participant":{"id":"b","online":false}}""");
        Assert.Equal(new Participant { Id = "b", Name = "Bob", IsGuest = true }, left.Participant);
    }

    [Fact]
    public void Apply_ParticipantWithoutOnline_CountsAsPresent() =>
        ObservedRoom.After(Bodies.Empty).HearOne<ParticipantJoined>("""{"type":"participant_update","participant":{"id":"a"}}""");

    [Fact]
    public void Apply_ListWithoutSomeone_SaysLeftBeforeJoined()
    {
        var room = ObservedRoom.After(Bodies.Joins("a"), Bodies.Joins("b"));

        var events = room.Hear(Bodies.Room("""  "participants":[{"id":"c"},{"id":"b"}]  """), EventOrigin.Snapshot);

        Assert.Equal("a", Assert.IsType<ParticipantLeft>(events[0]).Participant.Id);
        Assert.Equal("c", Assert.IsType<ParticipantJoined>(events[1]).Participant.Id);
        Assert.Equal(2, events.Count);
        Assert.All(events, happened => Assert.Equal(EventOrigin.Snapshot, happened.Origin));
    }

    [Theory]
    [InlineData("""{"id":"a"},{"id":"a"}""")]
    [InlineData("""{"id":"a"},{"id":"b","online":false}""")]
    public void Apply_ListWithOddEntries_TellsOneParticipant(string entries)
    {
        var room = new ObservedRoom();

        Assert.Equal("a", room.HearOne<ParticipantJoined>(Bodies.Room($"\"participants\":[{entries}]")).Participant.Id);
        Assert.Empty(room.Hear(Bodies.Room($"\"participants\":[{entries}]")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"participants\":null")]
    public void Apply_RoomWithoutReadableParticipants_LetsEverybodyStay(string members)
    {
        var room = ObservedRoom.After(Bodies.Joins("a"));

        Assert.Empty(room.Hear(Bodies.Room(members)));
        Assert.Equal("a", Assert.Single(room.State.Participants).Id);
    }
}
