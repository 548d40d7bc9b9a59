namespace EyesonBridge.Simulator.Wire;

/// <summary>The values of an event's <c>type</c>. Written down here as documented, so that no mistake of the client's list is ours too.</summary>
internal static class WireTypes
{
    public const string RoomUpdate = "room_update";
    public const string ParticipantUpdate = "participant_update";
    public const string RecordingUpdate = "recording_update";
    public const string BroadcastsUpdate = "broadcasts_update";
    public const string OptionsUpdate = "options_update";
    public const string SnapshotUpdate = "snapshot_update";
    public const string Chat = "chat";
    public const string Custom = "custom";
    public const string PlaybackUpdate = "playback_update";
    public const string PodiumUpdate = "podium_update";
    public const string Lock = "lock";
    public const string PresentationUpdate = "presentation_update";
}
