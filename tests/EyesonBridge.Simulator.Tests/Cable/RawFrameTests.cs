using System.Net.WebSockets;
using System.Text;

namespace EyesonBridge.Simulator.Tests.Cable;

public sealed class RawFrameTests
{
    [Fact]
    public async Task SendFrame_InFragments_ArrivesWholeInSoMany()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        using var observer = await Observer.SubscribedAsync(simulator, room);

        room.SendFrame("""{"type":"ping","message":1}"""u8.ToArray(), fragments: 3);

        Assert.Equal("""{"type":"ping","message":1}""", await observer.ReceiveAsync());
        Assert.Equal(3, observer.Fragments);
    }

    [Fact]
    public async Task SendFrame_InvalidUtf8_IsSentAsItIs()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        using var observer = await Observer.SubscribedAsync(simulator, room);

        room.SendFrame(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' });

        // The framework's client refuses such a message, which shows that it came.
        await Assert.ThrowsAsync<WebSocketException>(observer.ReceiveAsync);
    }

    [Fact]
    public async Task SendRaw_Unreadable_IsWrappedAsItIsAndRecorded()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        using var observer = await Observer.SubscribedAsync(simulator, room);

        room.SendRaw("""{"type":"brand_new","n":1}""");
        room.SendRaw(Encoding.UTF8.GetBytes("{oops"));

        Assert.Equal(
            """{"identifier":"{\"channel\":\"RoomChannel\"}","message":{"type":"brand_new","n":1}}""",
            await observer.ReceiveAsync());
        Assert.Equal("""{"identifier":"{\"channel\":\"RoomChannel\"}","message":{oops}""", await observer.ReceiveAsync());
        Assert.Equal(["brand_new", "raw"], room.Sent.Select(static sent => sent.Type), StringComparer.Ordinal);
    }
}
