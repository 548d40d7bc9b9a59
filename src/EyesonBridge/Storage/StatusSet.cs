using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>Some of the statuses that a room can have; none stands for all.</summary>
internal readonly record struct StatusSet
{
    private readonly int _bits;

    /// <param name="statuses">Those that are in it.</param>
    public StatusSet(IEnumerable<ObservationStatus> statuses) =>
        _bits = statuses.Aggregate(0, static (bits, status) => bits | (1 << (int)status));

    /// <summary>True for a status that is in it.</summary>
    public bool Has(ObservationStatus status) => _bits == 0 || (_bits & (1 << (int)status)) != 0;
}
