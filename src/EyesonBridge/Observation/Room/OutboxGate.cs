using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Observation.Room;

/// <summary>
/// Stops the reading of sockets while the outbox holds more than it may, and while this replica cannot renew its lease. Nothing is
/// dropped; what the server then drops is a gap.
/// </summary>
internal sealed class OutboxGate(IBridgeStore store, IOptions<OutboxOptions> options, TimeProvider time)
{
    /// <summary>So often it is looked whether reading may go on.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private volatile bool _isClosed;

    /// <summary>True while nothing more is taken: from the limit on until a tenth of it is free again, so that reading does not stutter.</summary>
    public bool IsClosed
    {
        get
        {
            var bytes = store.Depth.Bytes;
            if (bytes >= options.Value.MaxBytes)
                _isClosed = true;
            else if (_isClosed && bytes <= options.Value.MaxBytes / 10 * 9)
                _isClosed = false;
            return _isClosed;
        }
    }

    /// <summary>Waits until the outbox has room, and this replica may read.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (IsClosed || !store.Lease.IsHeld)
            await Task.Delay(LookEvery, time, cancellationToken);
    }
}
