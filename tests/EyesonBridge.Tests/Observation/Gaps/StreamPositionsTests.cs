using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Gaps;

namespace EyesonBridge.Tests.Observation.Gaps;

public sealed class StreamPositionsTests
{
    [Fact]
    public void Ask_NothingHeard_IsNothing()
    {
        Assert.Null(StreamPositions.Read(null).Ask());
        Assert.Null(StreamPositions.Read("no JSON").Ask());
        Assert.Null(StreamPositions.Read(null).Write());
    }

    [Fact]
    public void Ask_AfterMessages_IsTheLastOfEachStreamAlsoAfterARestart()
    {
        var positions = StreamPositions.Read(null);
        foreach (var (stream, offset) in new[] { ("a", 1L), ("a", 3), ("a", 2), ("b", 7) })
            Assert.True(positions.Note(Message(stream, "e", offset)));
        Assert.True(positions.Note(new CableMessage(default, StreamId: null, Epoch: null, Offset: null, default, default)));

        var asked = StreamPositions.Read(positions.Write()).Ask()!.Streams;

        Assert.Equal([("a", new CablePosition("e", 3)), ("b", new("e", 7))], asked.Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public void Note_ServerThatMakesUpStreams_KeepsAFewShortOnes()
    {
        var positions = StreamPositions.Read(null);
        for (var number = 0; number < 10_000; number++)
            Assert.True(positions.Note(Message($"stream-{number}", "e", 1)));
        Assert.True(positions.Note(Message(new string('s', 300), "e", 1)));
        Assert.True(positions.Note(Message("stream-9999", new string('e', 300), 2)));

        var asked = positions.Ask()!.Streams;

        Assert.InRange(asked.Count, 1, 16);
        Assert.Equal(new CablePosition("e", 1), asked["stream-9999"]);
        Assert.All(asked.Keys, stream => Assert.InRange(stream.Length, 1, 256));
    }

    [Fact]
    public void Note_HistoryThatOverlaps_IsTakenOnce()
    {
        var positions = StreamPositions.Read(null);
        positions.Note(Message("a", "e", 5));
        positions.Ask();

        Assert.Equal(
            [false, false, true, true, false, true],
            new long[] { 4, 5, 7, 6, 7, 8 }.Select(offset => positions.Note(Message("a", "e", offset))));
    }

    [Fact]
    public void Note_AnotherEpochOrStream_IsNews()
    {
        var positions = StreamPositions.Read(null);
        positions.Note(Message("a", "e", 5));
        positions.Ask();

        Assert.True(positions.Note(Message("a", "f", 1)));
        Assert.True(positions.Note(Message("b", "e", 1)));
        Assert.Equal(new CablePosition("f", 1), positions.Ask()!.Streams["a"]);
    }

    [Fact]
    public void Note_AfterTheAnswer_TakesWhatWasOvertaken()
    {
        var positions = StreamPositions.Read(null);
        positions.Note(Message("a", "e", 5));
        positions.Ask();
        positions.Answered();

        Assert.True(positions.Note(Message("a", "e", 7)));
        Assert.True(positions.Note(Message("a", "e", 6)));
    }

    [Fact]
    public void Note_ServerThatNeverAnswers_RemembersNoMoreThanAThousand()
    {
        var positions = StreamPositions.Read(null);
        positions.Note(Message("a", "e", 5));
        positions.Ask();
        for (var offset = 6; offset < 1_100; offset++)
            Assert.True(positions.Note(Message("a", "e", offset)));

        Assert.True(positions.Note(Message("a", "e", 6))); // it would be known, were all of them
    }

    private static CableMessage Message(string stream, string epoch, long offset) => new(default, stream, epoch, offset, default, default);
}
