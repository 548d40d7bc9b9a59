namespace EyesonBridge.Observation.Room;

/// <summary>
/// Since when a socket is read late. A server drops clients that do not keep up, and the reader finds that out only after
/// what had been sent before: then the time of a frame says nothing of what was missed, but the time of the delay does.
/// </summary>
internal sealed class ReadingDelay(TimeProvider time)
{
    /// <summary>A frame that takes longer is late, and so is what waits behind it.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    /// <summary>Who has read for so long without a delay has caught up.</summary>
    public static readonly TimeSpan CaughtUpAfter = TimeSpan.FromSeconds(10);

    private DateTimeOffset? _since;
    private DateTimeOffset _until;

    /// <summary>The moment up to which nothing can be missing; null when there is no delay.</summary>
    public DateTimeOffset? Since => time.GetUtcNow() - _until <= CaughtUpAfter ? _since : null;

    /// <summary>A frame has come; it is taken, or will not be, when what this gives is disposed of.</summary>
    public Frame Begin() => new(this, time.GetUtcNow());

    private void Note(DateTimeOffset begun)
    {
        var now = time.GetUtcNow();
        if (now - begun < Late)
            return;

        _since = Since ?? begun;
        _until = now;
    }

    /// <summary>A frame that is being taken.</summary>
    internal readonly struct Frame(ReadingDelay delay, DateTimeOffset begun) : IDisposable
    {
        public void Dispose() => delay.Note(begun);
    }
}
