namespace EyesonBridge.Eyeson.Observer;

/// <summary>The documented values of an event's <c>type</c>.</summary>
public static class ObserverEventTypes
{
    /// <summary><see cref="Observer.RoomUpdate"/>.</summary>
    public const string RoomUpdate = "room_update";

    /// <summary><see cref="Observer.ParticipantUpdate"/>.</summary>
    public const string ParticipantUpdate = "participant_update";

    /// <summary><see cref="Observer.RecordingUpdate"/>.</summary>
    public const string RecordingUpdate = "recording_update";

    /// <summary><see cref="Observer.BroadcastsUpdate"/>.</summary>
    public const string BroadcastsUpdate = "broadcasts_update";

    /// <summary><see cref="Observer.OptionsUpdate"/>.</summary>
    public const string OptionsUpdate = "options_update";

    /// <summary><see cref="Observer.SnapshotUpdate"/>.</summary>
    public const string SnapshotUpdate = "snapshot_update";

    /// <summary><see cref="ChatMessage"/>.</summary>
    public const string Chat = "chat";

    /// <summary><see cref="CustomMessage"/>.</summary>
    public const string Custom = "custom";

    /// <summary><see cref="Observer.PlaybackUpdate"/>.</summary>
    public const string PlaybackUpdate = "playback_update";

    /// <summary><see cref="Observer.PodiumUpdate"/>.</summary>
    public const string PodiumUpdate = "podium_update";

    /// <summary><see cref="LockUpdate"/>.</summary>
    public const string Lock = "lock";

    /// <summary><see cref="Observer.PresentationUpdate"/>.</summary>
    public const string PresentationUpdate = "presentation_update";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        RoomUpdate, ParticipantUpdate, RecordingUpdate, BroadcastsUpdate, OptionsUpdate, SnapshotUpdate, Chat, Custom,
        PlaybackUpdate, PodiumUpdate, Lock, PresentationUpdate,
    ];
}
