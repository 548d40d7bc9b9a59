namespace EyesonBridge.Storage.Postgres;

/// <summary>Appends of one room that only go on with its observation, each where the one before it ends: the room's row is written once.</summary>
internal sealed class AppendStep
{
    private readonly List<AppendOperation> _operations = [];

    public AppendStep(AppendOperation first) => _operations.Add(first);

    public IReadOnlyList<AppendOperation> Operations => _operations;

    public RoomAppend First => _operations[0].Append;

    public RoomAppend Last => _operations[^1].Append;

    public long ToSequence => Last.FromSequence + Last.Events.Count;

    public DateTimeOffset? HeardAt { get; private set; }

    public ReadOnlyMemory<byte>? State { get; private set; }

    public string? Positions { get; private set; }

    /// <summary>True when <paramref name="next"/> is taken in.</summary>
    public bool TryJoin(AppendOperation next)
    {
        if (!_operations[^1].IsFollowedBy(next))
            return false;

        _operations.Add(next);
        return true;
    }

    /// <summary>Sums up what the row is to have.</summary>
    public void SumUp()
    {
        foreach (var operation in _operations)
        {
            HeardAt = operation.Append.HeardAt ?? HeardAt;
            State = operation.Append.State ?? State;
            Positions = operation.Append.Positions ?? Positions;
        }
    }

    public void Settle(AppendOutcome outcome)
    {
        foreach (var operation in _operations)
            operation.Outcome = outcome;
    }
}
