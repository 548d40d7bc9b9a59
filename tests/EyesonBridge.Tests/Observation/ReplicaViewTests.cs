using EyesonBridge.Observation;
using EyesonBridge.Storage;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation;

public sealed class ReplicaViewTests
{
    [Fact]
    public void Current_NotReadAgain_IsNotKnownAnyMore()
    {
        var time = new ManualTimeProvider();
        var view = new ReplicaView(time);
        Assert.Null(view.Current);

        var share = new ReplicaShare(Replicas: 3, Rooms: 10, Held: 4, Free: 1);
        view.Note(share);
        time.Advance(ReplicaView.Validity - TimeSpan.FromSeconds(1));
        Assert.Equal(share, view.Current);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(view.Current);
    }
}
