using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    [Fact(Timeout = 60_000)]
    public async Task Duties_WithoutAnotherReplica_AreHeldAndAfterARestartToo()
    {
        await Store.BeginLeaseAsync("me", Cancelled);
        await Store.Duties.WhenHeldAsync(ReplicaDuties.Discovery, Cancelled);
        Assert.True(Store.Duties.IsHeld(ReplicaDuties.Discovery));
        await Store.Duties.GiveUpAsync(ReplicaDuties.Discovery);
        await ReopenAsync();

        await Store.BeginLeaseAsync("me again", Cancelled);
        await Store.Duties.WhenHeldAsync(ReplicaDuties.Discovery, Cancelled);

        Assert.True(Store.Duties.IsHeld(ReplicaDuties.Discovery));
    }
}
