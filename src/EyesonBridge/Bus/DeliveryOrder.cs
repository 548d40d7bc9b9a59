namespace EyesonBridge.Bus;

/// <summary>
/// The order of a channel's deliveries. MassTransit takes up each on a thread of its own, so a later one can come first; a
/// channel numbers its deliveries 1, 2, 3 …, which tells.
/// </summary>
internal sealed class DeliveryOrder
{
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _passedEarly = [];
    private readonly Dictionary<ulong, TaskCompletionSource> _waiting = [];
    private ulong _next = 1;

    /// <summary>Completes when all deliveries before this one have passed.</summary>
    public Task WhenNextAsync(ulong delivery)
    {
        lock (_gate)
        {
            if (delivery <= _next)
                return Task.CompletedTask;
            if (!_waiting.TryGetValue(delivery, out var waiting))
                _waiting.Add(delivery, waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return waiting.Task;
        }
    }

    /// <summary>A delivery has passed, in its turn or because it takes no part.</summary>
    public void Pass(ulong delivery)
    {
        lock (_gate)
        {
            if (delivery < _next)
                return;

            _passedEarly.Add(delivery);
            while (_passedEarly.Remove(_next))
                _next++;
            Admit();
        }
    }

    /// <summary>A delivery waits no longer for those before it: they will not come.</summary>
    public void GiveUpBefore(ulong delivery)
    {
        lock (_gate)
        {
            if (delivery <= _next)
                return;

            _next = delivery;
            _passedEarly.RemoveWhere(passed => passed < delivery);
            foreach (var late in _waiting.Keys.Where(waiting => waiting < delivery).ToList())
            {
                _waiting.Remove(late, out var waiting);
                waiting!.SetResult();
            }

            Admit();
        }
    }

    private void Admit()
    {
        if (_waiting.Remove(_next, out var next))
            next.SetResult();
    }
}
