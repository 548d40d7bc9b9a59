using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public sealed class ReplicaShareTests
{
    [Theory]
    [InlineData(0, 0, 0, 1)] // the database has not told yet
    [InlineData(1, 0, 0, 1)]
    [InlineData(1, 7, 7, 1)]
    [InlineData(4, 0, 0, 0.25)]
    [InlineData(4, 10, 10, 0.625)]
    [InlineData(4, 0, 10, 0.125)]
    [InlineData(4, 5, 20, 0.25)]
    [InlineData(2, 3000, 100, 0.75)] // told at different times
    public void PartOfHandshakes_HalfEvenlyAndHalfByNeed(long replicas, long handshakes, long ofAll, double expected) =>
        Assert.Equal(expected, new ReplicaShare(replicas, 0, 0, 0, Handshakes: handshakes, HandshakesOfAll: ofAll).PartOfHandshakes);

    [Theory]
    [InlineData(0L, 0L, 0L)]
    [InlineData(100L, 0L, 0L)]
    [InlineData(1L, 2L, 1000L)]
    [InlineData(5L, 5L, 5L)]
    public void PartOfHandshakes_OfAll_IsNoMoreThanTheLimit(params long[] handshakes) =>
        Assert.Equal(1, handshakes.Sum(own => new ReplicaShare(handshakes.Length, 0, 0, 0, Handshakes: own, HandshakesOfAll: handshakes.Sum()).PartOfHandshakes), 9);
}
