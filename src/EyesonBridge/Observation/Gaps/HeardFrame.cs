using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Observation.Gaps;

/// <summary>A frame that came before the observation was opened.</summary>
/// <param name="Event">What it says.</param>
/// <param name="Raw">Its body; of its own when it is held.</param>
/// <param name="At">When it came.</param>
/// <param name="Origin">Live, or backfill when the server's history repeats it.</param>
/// <param name="Offset">Its number in its stream, in the extended protocol.</param>
internal readonly record struct HeardFrame(
    ObserverEvent Event, ReadOnlyMemory<byte> Raw, DateTimeOffset At, EventOrigin Origin = EventOrigin.Live, long? Offset = null);
