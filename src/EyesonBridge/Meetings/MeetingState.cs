using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Meetings;

/// <summary>
/// What is known of the meeting in a room, and what has been said of it already. A value: each event of the wire leads
/// to another one. Kept in the store as JSON, so that a restart goes on from it.
/// </summary>
/// <remarks>
/// A list is empty, never missing, also when the JSON has none: it may have been written before the list was added here,
/// and the generated reader then sets every property that it did not find to its default.
/// </remarks>
internal sealed record MeetingState
{
    /// <summary>By so much two times of one start can differ.</summary>
    private static readonly TimeSpan Wobble = TimeSpan.FromSeconds(1);

    private static readonly ImmutableDictionary<string, RecordingPhases> NoRecordings =
        ImmutableDictionary.Create<string, RecordingPhases>(StringComparer.Ordinal);

    private static readonly ImmutableDictionary<string, FollowedRecording> NothingToFollow =
        ImmutableDictionary.Create<string, FollowedRecording>(StringComparer.Ordinal);

    private static readonly ImmutableHashSet<string> NoSnapshots = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Nothing is known.</summary>
    public static MeetingState Unknown { get; } = new();

    /// <summary>When the meeting started; with the room id it is the identity of the meeting.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public string? Name { get; init; }

    /// <summary>True once <see cref="MeetingStarted"/> was said.</summary>
    public bool IsReady { get; init; }

    /// <summary>True once <see cref="MeetingEnded"/> was said.</summary>
    public bool IsOver { get; init; }

    /// <summary>Null while unknown: only <c>lock</c> says, and it can be missed in a gap.</summary>
    public bool? IsLocked { get; init; }

    public ImmutableArray<Participant> Participants { get; init => field = value.IsDefault ? [] : value; } = [];

    public ActiveRecording? Recording { get; init; }

    public ImmutableArray<Broadcast> Broadcasts { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<Playback> Playbacks { get; init => field = value.IsDefault ? [] : value; } = [];

    public Presentation? Presentation { get; init; }

    public Layout? Layout { get; init; }

    /// <summary>What was said of each recording of this meeting, by its id.</summary>
    public ImmutableDictionary<string, RecordingPhases> Recordings { get; init => field = value ?? NoRecordings; } = NoRecordings;

    /// <summary>Ids of the snapshots of this meeting that were published.</summary>
    public ImmutableHashSet<string> Snapshots { get; init => field = value ?? NoSnapshots; } = NoSnapshots;

    /// <summary>
    /// What was said of the recordings of the meeting before in this room, and of older ones that are followed: REST lists
    /// them beside those of this meeting.
    /// </summary>
    public ImmutableDictionary<string, RecordingPhases> FormerRecordings { get; init => field = value ?? NoRecordings; } = NoRecordings;

    /// <summary>Ids of the snapshots of the meeting before in this room.</summary>
    public ImmutableHashSet<string> FormerSnapshots { get; init => field = value ?? NoSnapshots; } = NoSnapshots;

    /// <summary>Recordings of meetings in this room that are over, whose file is not ready yet.</summary>
    public ImmutableDictionary<string, FollowedRecording> ToFollow { get; init => field = value ?? NothingToFollow; } = NothingToFollow;

    /// <summary>Since when recordings and snapshots still have to be fetched over REST; null when nothing has to be fetched.</summary>
    public DateTimeOffset? GapFrom { get; init; }

    /// <summary>
    /// The token that Eyeson named last: so it is known wherever else it turns up. Secret, and not stored: Eyeson names it after
    /// each subscription.
    /// </summary>
    [JsonIgnore]
    public string? GuestToken { get; init; }

    /// <summary>
    /// End of the last gap in which something is still to be fetched: that gap may have ended after REST was asked about an
    /// earlier one.
    /// </summary>
    public DateTimeOffset? GapTo { get; init; }

    /// <summary>
    /// True when the room was registered anew and has not told its state since: all this is of an earlier observation, and
    /// nothing says that the same meeting still runs.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsStale { get; init; }

    /// <summary>True once anything is known about a meeting.</summary>
    [JsonIgnore]
    public bool WasSeen =>
        IsReady || StartedAt is not null || Name is not null || Recording is not null || Presentation is not null
        || !(Participants.IsEmpty && Broadcasts.IsEmpty && Playbacks.IsEmpty);

    /// <summary>What was said of a recording, be it of this meeting or of the one before.</summary>
    public RecordingPhases SaidOf(string recordingId) =>
        Recordings.TryGetValue(recordingId, out var said) ? said : FormerRecordings.GetValueOrDefault(recordingId);

    /// <summary>Identity of the meeting in <paramref name="roomId"/>, or null while its start is unknown.</summary>
    public string? MeetingId(string roomId) => StartedAt is { } startedAt ? MeetingId(roomId, startedAt) : null;

    /// <summary>Identity of the meeting in <paramref name="roomId"/> that started at <paramref name="startedAt"/>.</summary>
    public static string MeetingId(string roomId, DateTimeOffset startedAt) =>
        string.Create(roomId.Length + "@0000-00-00T00:00:00.000Z".Length, (roomId, startedAt.UtcDateTime), static (text, meeting) =>
        {
            Span<char> time = stackalloc char["0000-00-00T00:00:00.0000000Z".Length];
            meeting.UtcDateTime.TryFormat(time, out _, "O", CultureInfo.InvariantCulture);
            meeting.roomId.CopyTo(text);
            text[meeting.roomId.Length] = '@';
            time[.."0000-00-00T00:00:00.000".Length].CopyTo(text[(meeting.roomId.Length + 1)..]);
            text[^1] = 'Z';
        });

    /// <summary>
    /// True when both starts are known and are not of one meeting. While a meeting runs, a start that differs a little is
    /// its own: Eyeson's times of one thing can differ by a second. After its end every other start is another meeting.
    /// </summary>
    public bool IsOtherThan(DateTimeOffset? startedAt) =>
        StartedAt is { } known && startedAt is { } told
        && (IsOver ? known.ToUnixTimeMilliseconds() != told.ToUnixTimeMilliseconds() : !IsNear(known, told));

    /// <summary>True when <paramref name="startedAt"/> is of a meeting before this one.</summary>
    public bool IsLaterThan(DateTimeOffset? startedAt) => IsOtherThan(startedAt) && startedAt < StartedAt;

    /// <summary>Identity of the meeting in <paramref name="roomId"/> that Eyeson says to have started at <paramref name="startedAt"/>.</summary>
    public string? MeetingIdOf(string roomId, DateTimeOffset startedAt) =>
        StartedAt is { } known && !IsOtherThan(startedAt) ? MeetingId(roomId, known) : MeetingId(roomId, startedAt);

    private static bool IsNear(DateTimeOffset one, DateTimeOffset other) => (one - other).Duration() <= Wobble;

    /// <summary>The state as consumers are told it.</summary>
    public RoomState ToContract() => new()
    {
        Name = Name,
        IsReady = IsReady && !IsOver,
        StartedAt = StartedAt,
        IsLocked = IsLocked,
        Participants = Participants,
        Recording = Recording,
        Broadcasts = Broadcasts,
        Playbacks = Playbacks,
        Presentation = Presentation,
        Layout = Layout,
    };
}
