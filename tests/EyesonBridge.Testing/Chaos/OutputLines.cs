namespace EyesonBridge.Testing.Chaos;

/// <summary>The lines that a program has printed so far, and a way to wait for one.</summary>
public sealed class OutputLines
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    /// <summary>All lines.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>The first line that contains <paramref name="text"/>, waited for; null when the program ended without it.</summary>
    public async Task<string?> WhenAsync(string text, CancellationToken cancellationToken)
    {
        for (var next = 0; ;)
        {
            Task changed;
            lock (_gate)
            {
                for (; next < _lines.Count; next++)
                {
                    if (_lines[next].Contains(text, StringComparison.Ordinal))
                        return _lines[next];
                }

                if (_ended)
                    return null;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            Note(line);
        Note(line: null);
    }

    private void Note(string? line)
    {
        lock (_gate)
        {
            if (line is null)
                _ended = true;
            else
                _lines.Add(line);
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
