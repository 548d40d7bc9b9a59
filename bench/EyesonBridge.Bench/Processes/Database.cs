namespace EyesonBridge.Bench.Processes;

/// <summary>A PostgreSQL of the bench's own, started by <c>scripts/lib/postgres</c>.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly Attached _launcher;

    private Database(Attached launcher, string port)
    {
        _launcher = launcher;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Password=postgres;Database=postgres;SSL Mode=Disable";
    }

    public string ConnectionString { get; }

    /// <exception cref="BenchException">It did not start.</exception>
    public static async Task<Database> StartAsync(string launcher, CancellationToken cancellationToken)
    {
        var process = Attached.Start("The database", ["bash", launcher, "run"]);
        try
        {
            var answer = await process.AnswerAsync("start", TimeSpan.FromMinutes(2), cancellationToken);
            return answer is ["ready", var port, _] ? new Database(process, port) : throw new BenchException($"The database did not start: {string.Join(' ', answer)}");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _launcher.DisposeAsync();
}
