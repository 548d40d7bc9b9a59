namespace EyesonBridge.Bench.Scale;

/// <summary>The writer of a replica: what comes while a commit is under way shares the next one.</summary>
internal sealed class SimulatedWriter(SimulatedDatabase database, Func<bool> reaches)
{
    private Task<bool> _running = Task.FromResult(true);
    private Task<bool>? _next;
    private int _waiting;

    /// <summary>Writes so many changes; false when they could not be written.</summary>
    public Task<bool> WriteAsync(int changes)
    {
        _waiting += changes;
        return _next ??= CommitAsync(_running);
    }

    private async Task<bool> CommitAsync(Task<bool> former)
    {
        await former;
        await Task.Yield(); // whoever comes at the same moment is in time
        _running = _next!;
        _next = null;
        var changes = _waiting;
        _waiting = 0;
        return await database.RunAsync(database.Costs.Statement + (changes * database.Costs.Write), static () => { }, reaches);
    }
}
