using System.Net.WebSockets;
using System.Text;
using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Tests.Load;

/// <summary>What the source writes and reads by hand, against the framework's WebSocket at the other end.</summary>
public sealed class FrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public async Task Text_AnyLength_IsReadByAClient(int length)
    {
        var text = new string('x', length);
        using var socket = WebSocket.CreateFromStream(
            new MemoryStream(ServerFrame.Text(Encoding.ASCII.GetBytes(text))), new WebSocketCreationOptions { IsServer = false });
        var buffer = new byte[length + 1];
        var filled = 0;
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, filled, buffer.Length - filled), TestContext.Current.CancellationToken);
            filled += received.Count;
        }
        while (!received.EndOfMessage);

        Assert.Equal((WebSocketMessageType.Text, text), (received.MessageType, Encoding.ASCII.GetString(buffer, 0, filled)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(125)]
    [InlineData(300)]
    public async Task TryRead_FramesOfAClient_GivesTheirTextOnceTheyAreComplete(int length)
    {
        using var stream = new MemoryStream();
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false });
        var text = new string('y', length);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var sent = stream.ToArray();

        Assert.Equal(0, ClientFrames.TryRead([.. sent[..^1]], out _, out _));
        Assert.Equal(sent.Length, ClientFrames.TryRead([.. sent, 0x81], out var opcode, out var payload));
        Assert.Equal((ClientFrames.Text, text), (opcode, Encoding.ASCII.GetString(payload)));
    }

    [Fact]
    public void TryRead_MaskedByHand_GivesTheText()
    {
        ClientFrames.TryRead(ClientFrames.Masked("hello"u8), out var opcode, out var payload);

        Assert.Equal((ClientFrames.Text, "hello"), (opcode, Encoding.ASCII.GetString(payload)));
    }
}
