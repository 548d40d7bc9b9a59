namespace EyesonBridge.Control;

/// <summary>Lines of commands: those of one room or permalink are carried out one after the other, in the order in which they got in line.</summary>
internal sealed class CommandLines
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Place> _last = new(StringComparer.Ordinal);

    /// <summary>How many lines there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _last.Count;
        }
    }

    /// <summary>Gets in a line. Dispose of the place when the command is carried out, or will not be; once is enough.</summary>
    public Place Enter(string line)
    {
        lock (_gate)
        {
            var place = new Place(this, line, _last.GetValueOrDefault(line));
            _last[line] = place;
            return place;
        }
    }

    private void Leave(Place place)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_last.GetValueOrDefault(place.Line), place))
                _last.Remove(place.Line);
        }
    }

    /// <summary>A place in a line.</summary>
    public sealed class Place(CommandLines lines, string line, Place? former) : IDisposable
    {
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Line => line;

        /// <summary>Completes when everybody before has left.</summary>
        public Task Turn { get; } = former is null ? Task.CompletedTask : former.WhenLeftAsync();

        public void Dispose()
        {
            lines.Leave(this);
            _left.TrySetResult();
        }

        /// <summary>Who leaves before its turn does not let those behind it pass those before it.</summary>
        private Task WhenLeftAsync() => Turn.IsCompleted ? _left.Task : Task.WhenAll(Turn, _left.Task);
    }
}
