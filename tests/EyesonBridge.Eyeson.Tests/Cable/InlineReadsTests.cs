using System.Net.Sockets;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>On which threads frames are read.</summary>
public sealed class InlineReadsTests
{
    private const int Messages = 20;

    [Fact]
    public void TurnOn_ThisRuntime_OffersIt()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);

        Assert.True(InlineReads.TurnOn(socket));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_MessagesOneByOne_AreHeardOnTheThreadOfTheSocketsWhenThatIsWanted(bool isInline)
    {
        using var heard = new SemaphoreSlim(0);
        var onPool = 0;
        var listener = new RecordingListener
        {
            OnHeard = _ =>
            {
                onPool += Thread.CurrentThread.IsThreadPoolThread ? 1 : 0;
                heard.Release();
                return Task.CompletedTask;
            },
        };
        var script = new PeerScript().Subscribed();
        for (var number = 0; number < Messages; number++)
        {
            script.Do(_ => heard.WaitAsync(TestContext.Current.CancellationToken)); // for the welcome, the first time
            script.Send(PeerScript.Message("1"));
        }

        await using var peer = await ScriptedPeer.StartAsync(script.Close());
        using var client = new CableClient(new CableOptions { ReadInline = isInline });
        await client.Connect(CableFixture.Target(peer.Url)).RunAsync(listener, TestContext.Current.CancellationToken);

        Assert.Equal(Messages + 2, listener.Rest().Count);
        if (isInline)
            Assert.InRange(onPool, 0, Messages); // one that lies there already is read by whoever read the one before
        else
            Assert.Equal(Messages + 2, onPool);
    }

    [Fact(Timeout = 60_000)]
    public async Task RunAsync_AlwaysMoreToBeRead_LetsItsThreadGo()
    {
        using var client = new CableClient(new CableOptions(), TimeProvider.System, new EndlessSocket());
        using var stopping = new CancellationTokenSource();
        var connection = client.Connect(CableFixture.Target(new Uri("http://127.0.0.1:9")));

        var run = await Task.Factory.StartNew(
            () => connection.RunAsync(new RecordingListener(), stopping.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await stopping.CancelAsync();

        Assert.Equal(CableEndingKind.Stopped, (await run).Kind);
    }
}
