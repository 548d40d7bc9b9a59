using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Tests.Tls;

/// <summary>Does nothing with what it hears.</summary>
internal sealed class DeafListener : ICableListener
{
    public ValueTask OnWelcomeAsync(CableWelcome welcome) => ValueTask.CompletedTask;

    public ValueTask OnSubscribedAsync() => ValueTask.CompletedTask;

    public ValueTask<CableNext> OnMessageAsync(CableMessage message) => ValueTask.FromResult(CableNext.GoOn);

    public ValueTask<CableNext> OnUnreadableAsync(ReadOnlyMemory<byte> frame) => ValueTask.FromResult(CableNext.GoOn);
}
