using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <summary>
/// A meeting of about 20 s in which everything happens once: all twelve event types, three participants, a recording
/// in its three phases, an event of a type that nobody knows, and the end.
/// </summary>
public static class ScriptedMeeting
{
    private const string Host = "alice@example.com";
    private const string Member = "bob@example.com";
    private const string Guest = "guest-carol";
    private const string Video = "intro-video";

    private static readonly IReadOnlyList<ScriptedStep> Meeting =
    [
        new(0.5, WireTypes.ParticipantUpdate, "Alice joins", static room => room.Join(new SimulatedUser(Host, "Alice"))),
        new(1.0, WireTypes.RoomUpdate, "the room is ready", static room => room.SetReady(true)),
        new(1.5, WireTypes.ParticipantUpdate, "Bob joins", static room => room.Join(new SimulatedUser(Member, "Bob", "https://example.com/bob.png"))),
        new(2.0, WireTypes.ParticipantUpdate, "Carol joins as a guest", static room => room.Join(new SimulatedUser(Guest, "Carol", Guest: true))),
        new(2.5, WireTypes.OptionsUpdate, "the layout shows nine places", static room => room.SetLayout(new SimulatedLayout
        {
            LayoutName = "nine",
            LayoutUsers = [Host, Member, "", "", "", "", "", "", ""],
        })),
        new(3.0, WireTypes.RecordingUpdate, "a recording starts", static room => room.StartRecording(Host)),
        new(4.0, WireTypes.Chat, "Alice writes", static room => room.Chat("Hello world!", Host)),
        new(4.5, WireTypes.Custom, "an application sends a custom message", static room => room.Custom("""{"poll":"open"}""", Host)),
        new(5.0, WireTypes.Lock, "the room is locked", static room => room.Lock()),
        new(5.5, WireTypes.PlaybackUpdate, "a video plays", static room => room.StartPlayback(new SimulatedPlayback
        {
            PlayId = Video,
            Url = "https://example.com/videos/intro.webm",
            Name = "Introduction",
        })),
        new(6.0, WireTypes.PodiumUpdate, "the podium is arranged", static room => room.SetPodium(ScriptedPodium.Segments(Host, Member, Video), ScriptedPodium.Layers)),
        new(6.5, WireTypes.SnapshotUpdate, "Bob takes a snapshot", static room => room.TakeSnapshot(Member)),
        new(7.0, WireTypes.PresentationUpdate, "Bob presents", static room => room.StartPresentation(Member)),
        new(8.0, WireTypes.BroadcastsUpdate, "a live stream starts", static room => room.StartBroadcast(userId: Host)),
        new(9.0, WireTypes.Lock, "the room is unlocked", static room => room.Unlock()),
        new(9.5, WireTypes.PlaybackUpdate, "the video ends", static room => room.StopPlayback(Video)),
        new(10.5, WireTypes.PresentationUpdate, "Bob stops presenting", static room => room.StopPresentation()),
        new(11.0, "reaction_update", "an event of an unknown type", static room => room.SendRaw("""{"type":"reaction_update","reaction":{"user_id":"guest-carol","emoji":"👏"}}""")),
        new(11.5, WireTypes.OptionsUpdate, "the speaker comes to the front", static room => room.SetLayout(new SimulatedLayout { VoiceActivation = true })),
        new(12.0, WireTypes.BroadcastsUpdate, "the live stream ends", static room => room.StopBroadcast()),
        new(13.0, WireTypes.RecordingUpdate, "the recording stops", static room => room.StopRecording()),
        new(14.0, WireTypes.Chat, "Carol answers", static room => room.Chat("Grüße – bis bald 👋", Guest)),
        new(15.0, WireTypes.RecordingUpdate, "the recording is finished", static room => room.FinishRecording()),
        new(17.0, WireTypes.ParticipantUpdate, "Carol leaves", static room => room.Leave(Guest)),
        new(18.0, WireTypes.ParticipantUpdate, "Bob leaves", static room => room.Leave(Member)),
        new(18.5, WireTypes.ParticipantUpdate, "Alice leaves", static room => room.Leave(Host)),
        new(20.0, WireTypes.RoomUpdate, "the meeting ends", static room => room.Shutdown()),
    ];

    private static readonly IReadOnlyList<ScriptedStep> LateRecording =
    [
        new(15.5, WireTypes.RecordingUpdate, "a second recording starts", static room => room.StartRecording(Host)),
        new(18.2, WireTypes.RecordingUpdate, "the second recording stops", static room => room.StopRecording()),
        new(22.0, null, "the second recording is finished, after the end", static room => room.FinishRecording()),
    ];

    /// <summary>What happens, with the default options, in order.</summary>
    public static IReadOnlyList<ScriptedStep> Steps => Meeting;

    /// <summary>What happens with these options, in order. Each step with a wire type sends exactly one event.</summary>
    public static IReadOnlyList<ScriptedStep> StepsFor(ScriptedMeetingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.LateRecording ? [.. Meeting.Concat(LateRecording).OrderBy(static step => step.At)] : Meeting;
    }

    /// <summary>Runs the meeting to its end in a room that was just created.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not above zero.</exception>
    public static async Task RunAsync(SimulatedRoom room, ScriptedMeetingOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Speed, nameof(options));

        await room.WhenSubscribedAsync(options.WaitForObservers, ct);
        var at = TimeSpan.Zero;
        foreach (var step in StepsFor(options))
        {
            var pause = (step.At - at) / options.Speed;
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, room.Clock, ct);
            ct.ThrowIfCancellationRequested();
            step.Run(room);
            at = step.At;
        }
    }
}
