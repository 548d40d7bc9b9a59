using EyesonBridge.Configuration;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Observation;

/// <summary>Stops the reading of sockets while the outbox holds more than it may. Nothing is dropped; what the server then drops is a gap.</summary>
internal sealed class OutboxGate(IBridgeStore store, IOptions<OutboxOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>True while nothing more is taken.</summary>
    public bool IsClosed => store.Depth.Bytes >= options.Value.MaxBytes;

    /// <summary>Waits until the outbox has room again: a tenth of it, so that reading does not stutter.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (store.Depth.Bytes > options.Value.MaxBytes / 10 * 9)
            await Task.Delay(LookEvery, time, cancellationToken);
    }
}
