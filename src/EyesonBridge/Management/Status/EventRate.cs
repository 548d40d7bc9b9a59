using System.ComponentModel;

namespace EyesonBridge.Management.Status;

[Description("How many events are observed.")]
internal sealed record EventRate
{
    [Description("Events a second, over the last minute.")]
    public required double PerSecond { get; init; }

    [Description("Length of each of the slots, in seconds.")]
    public required int SlotSeconds { get; init; }

    [Description("How many events there were in each slot of the last ten minutes, the oldest first.")]
    public required IReadOnlyList<long> Slots { get; init; }

    /// <param name="slots">Events in each slot.</param>
    /// <param name="width">Length of a slot.</param>
    public static EventRate Of(IReadOnlyList<long> slots, TimeSpan width)
    {
        var minute = slots.TakeLast((int)(TimeSpan.FromMinutes(1) / width)).ToList();
        return new EventRate
        {
            PerSecond = Math.Round(minute.Sum() / (minute.Count * width.TotalSeconds), 2),
            SlotSeconds = (int)width.TotalSeconds,
            Slots = slots,
        };
    }
}
