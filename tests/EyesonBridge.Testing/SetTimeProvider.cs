namespace EyesonBridge.Testing;

/// <summary>A clock whose date somebody sets, as on a machine whose date was wrong: what is measured by it goes on as before.</summary>
/// <param name="time">Measures.</param>
public sealed class SetTimeProvider(TimeProvider time) : TimeProvider
{
    /// <summary>How far the date was set ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Ahead;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
