using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary><c>observe --follow</c>: shows the events of some rooms, and knows when there are no more to come.</summary>
internal sealed class FollowedRooms(IEnumerable<string> rooms, CommandOutput output)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _open = new(rooms, StringComparer.Ordinal);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the observations of all rooms are over.</summary>
    public Task WhenOver => _over.Task;

    /// <summary>Whether the observation of one was rejected.</summary>
    public bool HasRejected { get; private set; }

    /// <summary>Shows an event of one of the rooms.</summary>
    public void Show(TailedEvent happened)
    {
        lock (_gate)
        {
            if (!_open.Contains(happened.RoomId))
                return;
        }

        output.Line(happened.ToLine());
        if (output.IsJson)
            output.Write(happened.ToJsonLine() + Environment.NewLine);
        var isRejected = string.Equals(happened.Type, nameof(ObservationRejected), StringComparison.Ordinal);
        HasRejected |= isRejected;
        if (isRejected || string.Equals(happened.Type, nameof(ObservationEnded), StringComparison.Ordinal))
            Drop(happened.RoomId);
    }

    /// <summary>A room of which nothing more is to be expected.</summary>
    public void Drop(string roomId)
    {
        lock (_gate)
        {
            _open.Remove(roomId);
            if (_open.Count == 0)
                _over.TrySetResult();
        }
    }
}
