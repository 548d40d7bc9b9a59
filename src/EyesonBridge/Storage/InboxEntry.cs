namespace EyesonBridge.Storage;

/// <summary>Something learned about a room other than from its socket, for the room's owner to process.</summary>
/// <param name="Id">Its number; 0 before it is stored.</param>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Account">Account that it concerns.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Body">A webhook's body, or a <see cref="PermalinkNotice"/> as JSON.</param>
/// <param name="ReceivedAt">When it was learned.</param>
internal sealed record InboxEntry(
    long Id, string RoomId, string Account, InboxKind Kind, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt);
