namespace EyesonBridge.Observation.Handover;

/// <summary>How a room that was handed over goes on.</summary>
/// <param name="incoming">What hears the room already. Whoever has this disposes of it.</param>
/// <param name="heard">What the former owner heard since it offered the room.</param>
/// <param name="ago">How long ago it told that.</param>
/// <param name="time">Clock of what has passed since.</param>
internal sealed class Succession(IncomingRoom incoming, ReadOnlyMemory<byte> heard, TimeSpan ago, TimeProvider time)
{
    private readonly long _since = time.GetTimestamp();

    /// <summary>What hears the room already. Whoever has this disposes of it.</summary>
    public IncomingRoom Incoming => incoming;

    /// <summary>What the former owner heard since it offered the room.</summary>
    public ReadOnlyMemory<byte> Heard => heard;

    /// <summary>How long ago it told that.</summary>
    public TimeSpan Ago => ago + time.GetElapsedTime(_since);
}
