using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Storage;
using EyesonBridge.Tests.Storage.Sqlite;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>What keeps sockets from being read.</summary>
public sealed class OutboxGateTests
{
    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task IsClosed_FullOutbox_IsTrueUntilATenthIsFree()
    {
        using var files = new SqliteFixture();
        await using var store = await files.OpenAsync();
        var time = new ManualTimeProvider();
        var gate = new OutboxGate(store, Microsoft.Extensions.Options.Options.Create(new OutboxOptions { MaxBytes = 1_000 }), time);
        var room = await SqliteFixture.HoldAsync(store);
        for (var sequence = 0; sequence < 9; sequence++)
            await store.AppendAsync(SqliteFixture.Append(room, sequence, bytes: 110), SqliteFixture.Cancelled);
        Assert.False(gate.IsClosed); // 990
        Assert.True(gate.WaitAsync(SqliteFixture.Cancelled).IsCompleted);

        await store.AppendAsync(SqliteFixture.Append(room, 9, bytes: 10), SqliteFixture.Cancelled);
        var waiting = gate.WaitAsync(SqliteFixture.Cancelled);
        Assert.True(gate.IsClosed); // 1,000
        var entries = (await store.ReadOutboxAsync(0, 10, long.MaxValue, SqliteFixture.Cancelled));
        await store.DeleteOutboxAsync(OutboxRanges.Of([entries[9]]), SqliteFixture.Cancelled);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(gate.IsClosed); // 990: still
        Assert.False(waiting.IsCompleted);

        await store.DeleteOutboxAsync(OutboxRanges.Of([entries[8]]), SqliteFixture.Cancelled);
        time.Advance(TimeSpan.FromSeconds(1));
        await waiting.WaitAsync(SqliteFixture.Cancelled);
        Assert.False(gate.IsClosed); // 880
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Wait_LeaseThatCannotBeRenewed_LastsUntilItIs()
    {
        using var files = new SqliteFixture();
        await using var store = await files.OpenAsync();
        var time = new ManualTimeProvider();
        var lease = ReplicaLease.Renewed(TimeSpan.FromSeconds(5), time);
        var gate = new OutboxGate(
            new FaultyStore(store) { OwnLease = lease }, Microsoft.Extensions.Options.Options.Create(new OutboxOptions()), time);
        lease.Renew(time.GetTimestamp());
        Assert.True(gate.WaitAsync(SqliteFixture.Cancelled).IsCompleted);

        time.Advance(TimeSpan.FromSeconds(5));
        var waiting = gate.WaitAsync(SqliteFixture.Cancelled);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        Assert.False(gate.IsClosed);

        lease.Renew(time.GetTimestamp());
        time.Advance(TimeSpan.FromSeconds(1));
        await waiting.WaitAsync(SqliteFixture.Cancelled);
    }
}
