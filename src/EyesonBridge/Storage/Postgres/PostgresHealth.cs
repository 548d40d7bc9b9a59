namespace EyesonBridge.Storage.Postgres;

/// <summary>Whether the database can be used, as the writer and all others find; said in the log once.</summary>
internal sealed class PostgresHealth(string place, ILogger logger)
{
    private readonly Lock _gate = new();
    private bool _writerFails;
    private bool _othersFail;
    private volatile StoreHealth _current = StoreHealth.Healthy;

    public StoreHealth Current => _current;

    public void WriterFails(Exception problem) => Note(ref _writerFails, problem);

    public void WriterGoesOn() => Note(ref _writerFails, problem: null);

    /// <summary>A transaction beside the writer's failed.</summary>
    public void OthersFail(Exception problem) => Note(ref _othersFail, problem);

    public void OthersGoOn()
    {
        if (_othersFail)
            Note(ref _othersFail, problem: null);
    }

    private void Note(ref bool fails, Exception? problem)
    {
        lock (_gate)
        {
            fails = problem is not null;
            if (problem is not null)
            {
                var words = PostgresProblem.Describe(problem, place);
                var isNew = _current.IsWritable;
                _current = new StoreHealth(IsWritable: false, words);
                if (isNew)
                    StorageLog.WritesBegunToFail(logger, words);
            }
            else if (!_writerFails && !_othersFail && !_current.IsWritable)
            {
                _current = StoreHealth.Healthy;
                StorageLog.WritesGoThroughAgain(logger);
            }
        }
    }
}
