namespace EyesonBridge.Storage;

/// <summary>The parts of a room that can turn out to be unreadable, by the names that the store and operators know.</summary>
internal static class RoomParts
{
    public const string State = "state";

    public const string Status = "status";

    public const string WantedBy = "wanted_by";

    public const string Positions = "positions";

    public const string Inbox = "inbox";
}
