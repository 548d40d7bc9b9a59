using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Tests.Observer;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("room_update")]
    [InlineData("recording_update")]
    [InlineData("broadcasts_update")]
    [InlineData("snapshot_update")]
    [InlineData("presentation_update")]
    public void ToString_SampleWithSecrets_HidesThem(string type)
    {
        var read = ObserverEventReader.Read(Samples.Bytes(type));
        IEnumerable<object?> parts = read switch
        {
            BroadcastsUpdate update => update.Broadcasts!,
            SnapshotUpdate update => update.Snapshots!,
            _ => [],
        };

        var text = string.Join('\n', parts.Prepend(read));

        Assert.Contains("6576d", text, StringComparison.Ordinal);
        Assert.DoesNotContain("jCWzhzCWONkbIubUYF7PD3hP", text, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Amz", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_RoomWithARecording_HidesTheNestedSecrets()
    {
        var room = new Room
        {
            Id = "r1",
            GuestToken = "SECRET",
            Recording = new(new() { Id = "rec", Links = new() { Download = "SECRET" }, Room = new() { GuestToken = "SECRET" } }),
        };

        Assert.Contains("rec", room.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", room.ToString(), StringComparison.Ordinal);
    }
}
