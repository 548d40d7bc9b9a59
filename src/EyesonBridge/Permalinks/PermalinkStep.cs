using EyesonBridge.Storage;

namespace EyesonBridge.Permalinks;

/// <summary>A change in the watching of a permalink, and what it leads to.</summary>
/// <param name="Permalink">The permalink as it is now.</param>
/// <param name="Registration">The room to observe; null for none.</param>
/// <param name="Notice">What consumers are to be told; null for nothing.</param>
internal sealed record PermalinkStep(PermalinkRow Permalink, RoomRegistration? Registration, InboxEntry? Notice);
