using EyesonBridge.Storage;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Storage;

public sealed class ReplicaLeaseTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void IsHeld_RenewedInTime_IsUntilAWhileBeforeItsEnd()
    {
        var lease = ReplicaLease.Renewed(Duration, _time);
        Assert.False(lease.IsHeld);

        var askedAt = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1)); // the answer takes so long: it may count from the question on only
        lease.Renew(askedAt);
        Assert.True(lease.IsHeld);

        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.True(lease.IsHeld);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(lease.IsHeld);
    }

    [Fact]
    public void IsSteady_AfterTrouble_IsOnceAllHadTheTimeToRenew()
    {
        var lease = ReplicaLease.Renewed(Duration, _time);
        Assert.True(lease.IsSteady);

        lease.NoteTrouble();
        Assert.False(lease.IsSteady);
        _time.Advance(Duration);
        Assert.False(lease.IsSteady);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(lease.IsSteady);
    }

    [Fact(Timeout = 60_000)]
    public async Task WhenHeld_RenewedLater_Completes()
    {
        var lease = ReplicaLease.Renewed(Duration, _time);
        var held = lease.WhenHeldAsync(TestContext.Current.CancellationToken);
        Assert.False(held.IsCompleted);

        lease.Renew(_time.GetTimestamp());
        await _time.WhenArmedAsync(1, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await held;
    }

    [Fact]
    public void Always_NobodyElse_IsHeldAndSteady()
    {
        var lease = ReplicaLease.Always(Timeout.InfiniteTimeSpan);

        Assert.True(lease is { IsHeld: true, IsSteady: true, IsShared: false });
    }
}
