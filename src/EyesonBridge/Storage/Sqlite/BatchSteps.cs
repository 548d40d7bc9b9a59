using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>Joins those writes of a batch that lead to the same when they run together.</summary>
internal sealed class BatchSteps
{
    private readonly List<WriteOperation> _steps = [];
    private readonly Dictionary<string, AppendOperation> _ofRoom = new(StringComparer.Ordinal);

    /// <summary>What to run, in order; each runs what is joined to it as well.</summary>
    /// <param name="batch">All writes, in order.</param>
    /// <param name="isJoined">False to let each run by itself.</param>
    public List<WriteOperation> Of(List<WriteOperation> batch, bool isJoined)
    {
        _steps.Clear();
        _ofRoom.Clear();
        DeleteOperation? deletes = null;
        foreach (var operation in batch)
        {
            operation.StandAlone();
            switch (operation)
            {
                case AppendOperation append when Joins(append, isJoined):
                    continue;
                case AppendOperation:
                    break;
                case DeleteOperation delete when isJoined && deletes is not null:
                    deletes.Join(delete);
                    continue;
                case DeleteOperation delete:
                    deletes = delete; // touches no room
                    break;
                default:
                    _ofRoom.Clear(); // appends behind it must not come before it
                    break;
            }

            _steps.Add(operation);
        }

        return _steps;
    }

    private bool Joins(AppendOperation append, bool isJoined)
    {
        if (!append.IsPlain || !isJoined)
        {
            _ofRoom.Remove(append.RoomId);
            return false;
        }

        if (_ofRoom.TryGetValue(append.RoomId, out var first) && first.TryJoin(append))
            return true;

        _ofRoom[append.RoomId] = append;
        return false;
    }
}
