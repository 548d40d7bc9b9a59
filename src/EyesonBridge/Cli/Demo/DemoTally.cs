using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Simulator;

namespace EyesonBridge.Cli.Demo;

/// <summary>Counts what arrived, and says what should have.</summary>
internal sealed class DemoTally
{
    private readonly Lock _gate = new();
    private readonly List<TailedEvent> _received = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the observation is said to be over: the last message of a room.</summary>
    public Task WhenEnded => _ended.Task;

    public void Add(TailedEvent happened)
    {
        lock (_gate)
            _received.Add(happened);
        if (string.Equals(happened.Type, nameof(ObservationEnded), StringComparison.Ordinal))
            _ended.TrySetResult();
    }

    /// <summary>One line: how many messages, of how many types, and how many of what the room sent led to none.</summary>
    public (string Summary, int Missing) SumUp(SimulatedRoom room)
    {
        lock (_gate)
        {
            var received = _received.DistinctBy(happened => happened.Sequence).ToList();
            var missing = Expected(room);
            foreach (var happened in received)
                missing.Remove(happened.Type);

            var holes = received.Count == 0 ? 0 : received.Max(happened => happened.Sequence) - received.Count;
            var count = Math.Max(missing.Count, (int)holes);
            var types = received.Select(happened => happened.Type).Distinct(StringComparer.Ordinal).Count();
            var which = missing.Count == 0 ? "" : $" ({string.Join(", ", missing)})";
            return ($"{received.Count} messages of {types} types, {count} missing{which}", count);
        }
    }

    /// <summary>What the room sent, taken through the normalizer once more, and what frames it.</summary>
    private static List<string> Expected(SimulatedRoom room)
    {
        var expected = new List<string>
        {
            nameof(ObservationStarted), nameof(MeetingStarted), nameof(RoomStateReported), nameof(ObservationEnded),
        };
        var state = MeetingState.Unknown with { IsReady = true };
        foreach (var sent in room.Sent)
        {
            var context = new FrameContext
            {
                RoomId = room.Id,
                Account = "",
                Sequence = 0,
                ObservedAt = sent.SentAt,
                NewEventId = Guid.CreateVersion7,
            };
            var change = Meeting.Apply(state, ObserverEventReader.Read(sent.Body), context);
            state = change.State;
            expected.AddRange(change.Events.Select(happened => happened.GetType().Name));
        }

        return expected;
    }
}
