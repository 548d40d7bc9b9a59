using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Bench.Peers;

/// <summary>Counts messages and keeps nothing.</summary>
internal sealed class CountingListener(Action onMessage) : ICableListener
{
    public ValueTask OnWelcomeAsync(CableWelcome welcome) => ValueTask.CompletedTask;

    public ValueTask OnSubscribedAsync() => ValueTask.CompletedTask;

    public ValueTask<CableNext> OnMessageAsync(CableMessage message)
    {
        onMessage();
        return ValueTask.FromResult(CableNext.GoOn);
    }

    public ValueTask<CableNext> OnUnreadableAsync(ReadOnlyMemory<byte> frame) => ValueTask.FromResult(CableNext.GoOn);
}
