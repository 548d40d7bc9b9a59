using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

/// <summary>Lists of a small store.</summary>
internal static class StoreLists
{
    /// <summary>All rooms, by room id.</summary>
    public static Task<IReadOnlyList<RoomSummary>> ListRoomsAsync(this IBridgeStore store, CancellationToken cancellationToken) =>
        store.ListRoomsAsync(new RoomQuery([], "", int.MaxValue), cancellationToken);
}
