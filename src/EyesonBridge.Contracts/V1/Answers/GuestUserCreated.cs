namespace EyesonBridge.Contracts.V1;

/// <summary>The guest can join the meeting.</summary>
public sealed record GuestUserCreated
{
    /// <summary>Id of the room (wire: <c>room.id</c>).</summary>
    public required string RoomId { get; init; }

    /// <summary>Gives the guest access to the meeting (wire: <c>access_key</c>). A secret that is sent in this answer only.</summary>
    public required string AccessKey { get; init; }

    /// <summary>Address of the meeting in Eyeson's own user interface; contains the access key (wire: <c>links.gui</c>).</summary>
    public string? JoinUrl { get; init; }
}
