using EyesonBridge.Simulator.Cable;
using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Cable;

public sealed class RoomStreamTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly RoomStream _stream;

    public RoomStreamTests() => _stream = new RoomStream("room:r", "epoch", _clock);

    [Fact]
    public void After_PositionInHistory_GivesWhatCameLater()
    {
        Append(5);

        Assert.Equal([4, 5], After(3));
        Assert.Equal([2, 3, 4, 5], After(3, overlap: 2));
        Assert.Equal([], After(5));
        Assert.Equal([1, 2, 3, 4, 5], After(0));
    }

    [Fact]
    public void After_OtherEpochOrFuture_IsUnknown()
    {
        Append(5);

        Assert.Null(_stream.After(new StreamPosition("other", 3), overlap: 0));
        Assert.Null(After(6));
    }

    [Fact]
    public void After_MoreThanAHundredLater_IsUnknown()
    {
        Append(101);

        Assert.Null(After(1));
        Assert.Equal(99, After(2)!.Count);
    }

    [Fact]
    public void After_OlderThanFiveMinutes_IsUnknown()
    {
        Append(2);
        _clock.Advance(TimeSpan.FromSeconds(200));
        Append(1);
        _clock.Advance(TimeSpan.FromSeconds(101));

        Assert.Null(After(2));
        Assert.Equal([], After(3));
    }

    [Fact]
    public void Since_ASecond_GivesWhatCameInItAndLater()
    {
        Append(1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var second = _clock.GetUtcNow().ToUnixTimeSeconds();
        Append(2);

        Assert.Equal([2, 3], _stream.Since(second).Select(static entry => entry.Offset));
        Assert.Empty(_stream.Since(second + 1));
    }

    private void Append(int count)
    {
        for (var i = 0; i < count; i++)
            _stream.Append([]);
    }

    private List<long>? After(long offset, int overlap = 0) =>
        _stream.After(new StreamPosition("epoch", offset), overlap)?.Select(static entry => entry.Offset).ToList();
}
