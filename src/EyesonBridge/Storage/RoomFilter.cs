using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>Which rooms are asked for.</summary>
/// <param name="Status">Only rooms with this status; null takes all.</param>
/// <param name="Text">Only rooms whose id or account contains this, in whatever case; empty takes all.</param>
internal sealed record RoomFilter(ObservationStatus? Status, string Text)
{
    /// <summary>True for a room that is asked for.</summary>
    public bool IsFor(string roomId, string account, ObservationStatus status) =>
        (Status is null || status == Status)
        && (Text.Length == 0
            || roomId.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || account.Contains(Text, StringComparison.OrdinalIgnoreCase));
}
