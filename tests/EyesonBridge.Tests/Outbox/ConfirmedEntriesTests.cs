using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Outbox;

public sealed class ConfirmedEntriesTests
{
    [Fact]
    public void Join_FollowingEachOther_IsOneRange() =>
        Assert.Equal([new OutboxRange(3, 6, 10)], ConfirmedEntries.Join([One(5, 3), One(3, 1), One(6, 4), One(4, 2)]));

    [Fact]
    public void Join_WithGaps_AreRangesInOrder() =>
        Assert.Equal(
            [new OutboxRange(1, 2, 3), One(4, 4), new OutboxRange(8, 12, 17)],
            ConfirmedEntries.Join([new OutboxRange(9, 12, 9), One(4, 4), One(2, 2), One(1, 1), One(8, 8)]));

    [Fact]
    public void Join_Nothing_IsNothing() => Assert.Empty(ConfirmedEntries.Join([]));

    private static OutboxRange One(long id, long bytes) => new(id, id, bytes);
}
