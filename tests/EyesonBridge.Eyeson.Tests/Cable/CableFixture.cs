using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;
using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>A client on a manual clock, and a connection that it runs against a peer.</summary>
internal sealed class CableFixture : IDisposable
{
    public const string Key = "secret-key";

    public CableFixture(CableOptions? options = null) => Client = new CableClient(options, Clock);

    public ManualTimeProvider Clock { get; } = new();

    public CableClient Client { get; }

    public RecordingListener Listener { get; init; } = new();

    public CancellationTokenSource Stop { get; } = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public static CableTarget Target(Uri url) => new() { Url = url, RoomId = "room", ApiKey = Key };

    public Task<CableEnding> RunAsync(ScriptedPeer peer) => RunAsync(Target(peer.Url));

    public Task<CableEnding> RunAsync(CableTarget target) => Client.Connect(target).RunAsync(Listener, Stop.Token);

    public void Dispose()
    {
        Client.Dispose();
        Stop.Dispose();
    }
}
