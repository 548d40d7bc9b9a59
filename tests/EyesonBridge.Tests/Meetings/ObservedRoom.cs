using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;

namespace EyesonBridge.Tests.Meetings;

/// <summary>A room as the bridge follows it: each body goes through the reader and the normalizer, and the state goes on.</summary>
internal sealed class ObservedRoom
{
    public const string Id = "6576daef1f138900153d0762";

    /// <summary>When the first body is heard; each later one is heard a second after the one before.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private int _made;

    public MeetingState State { get; set; } = MeetingState.Unknown;

    public long Sequence { get; set; }

    public DateTimeOffset Now { get; set; } = Begin;

    /// <summary>The secrets that the bridge knows.</summary>
    public ISecretValues? Secrets { get; init; }

    /// <summary>Everything that was said so far.</summary>
    public List<RoomEvent> Events { get; } = [];

    public static ObservedRoom After(params ReadOnlySpan<string> bodies)
    {
        var room = new ObservedRoom();
        foreach (var body in bodies)
            room.Hear(body);
        return room;
    }

    public IReadOnlyList<RoomEvent> Hear(string body, EventOrigin origin = EventOrigin.Live) =>
        Hear(Encoding.UTF8.GetBytes(body), origin);

    public IReadOnlyList<RoomEvent> Hear(byte[] body, EventOrigin origin = EventOrigin.Live) =>
        Take(Meeting.Apply(State, ObserverEventReader.Read(body), Context(body, origin)));

    public IReadOnlyList<RoomEvent> Conclude() => Take(Meeting.Conclude(State, Context([], EventOrigin.Snapshot)));

    /// <summary>Hears a body that leads to one event, of this type.</summary>
    public TEvent HearOne<TEvent>(string body, EventOrigin origin = EventOrigin.Live)
        where TEvent : RoomEvent => Assert.IsType<TEvent>(Assert.Single(Hear(body, origin)));

    /// <summary>What <paramref name="events"/> are, in short.</summary>
    public static string[] Names(IEnumerable<RoomEvent> events) => [.. events.Select(happened => happened.GetType().Name)];

    public static MeetingState Restored(MeetingState state) => MeetingStateSerializer.Read(MeetingStateSerializer.Write(state));

    private FrameContext Context(byte[] body, EventOrigin origin) => new()
    {
        RoomId = Id,
        Account = "default",
        Sequence = Sequence,
        ObservedAt = Now,
        Raw = body,
        Origin = origin,
        Secrets = Secrets,
        NewEventId = _ => new Guid(++_made, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0),
    };

    private IReadOnlyList<RoomEvent> Take(MeetingChange change)
    {
        State = change.State;
        Sequence += change.Events.Count;
        Now += TimeSpan.FromSeconds(1);
        Events.AddRange(change.Events);
        return change.Events;
    }
}
