namespace EyesonBridge.Testing.Processes;

/// <summary>What came so far, and a way to wait until what came is enough.</summary>
public sealed class SignalledList<T>
{
    /// <summary>How long a test waits for anything: far longer than it takes on a machine that does much else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<T> _items = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _ended;

    /// <summary>What came so far.</summary>
    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_gate)
                return [.. _items];
        }
    }

    /// <summary>One more came.</summary>
    public void Add(T item)
    {
        lock (_gate)
        {
            _items.Add(item);
            Signal();
        }
    }

    /// <summary>Nothing comes any more; who still waits learns why.</summary>
    public void End(string reason)
    {
        lock (_gate)
        {
            _ended ??= reason;
            Signal();
        }
    }

    /// <summary>Completes with what came as soon as the condition holds for it.</summary>
    /// <exception cref="TimeoutException">It does not come to hold; the text tells what came.</exception>
    public async Task<IReadOnlyList<T>> WhenAsync(string what, Func<IReadOnlyList<T>, bool> condition, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var (items, changed, ended) = Look();
            if (condition(items))
                return items;
            if (ended is not null)
                throw Missing($"{what}: {ended}", items);

            try
            {
                await changed.WaitAsync(patience.Token).WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw Missing($"{what}: not within {Patience.TotalSeconds:0} s", items);
            }
        }
    }

    private static TimeoutException Missing(string problem, IReadOnlyList<T> items) =>
        new($"{problem}. There is:{Environment.NewLine}{string.Join(Environment.NewLine, items)}");

    private (IReadOnlyList<T> Items, Task Changed, string? Ended) Look()
    {
        lock (_gate)
            return ([.. _items], _changed.Task, _ended);
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
