using EyesonBridge.Storage;

namespace EyesonBridge.Observation;

/// <summary>Whether the supervisor makes progress with its rounds.</summary>
internal sealed class SupervisorProgress(TimeProvider time, IBridgeStore store)
{
    private long _roundAt = time.GetTimestamp();

    /// <summary>
    /// How long it has been at the same round, though the store would take its writes. A store that takes none makes it
    /// wait, and a restart would not cure that.
    /// </summary>
    public TimeSpan StuckFor
    {
        get
        {
            if (!store.Health.IsWritable)
                NoteRound(); // once the store accepts writes again, the supervisor gets its full time again

            return time.GetElapsedTime(Volatile.Read(ref _roundAt));
        }
    }

    /// <summary>A round begins.</summary>
    public void NoteRound() => Volatile.Write(ref _roundAt, time.GetTimestamp());
}
