using System.Globalization;

namespace EyesonBridge.Bench.Processes;

/// <summary>A RabbitMQ of the bench's own, started by <c>scripts/lib/rabbitmq</c>.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly Attached _launcher;

    private Broker(Attached launcher, string[] ready)
    {
        _launcher = launcher;
        Take(ready);
    }

    public Uri Url { get; private set; } = null!;

    /// <summary>Its process as of its last start; 0 when it is in a container.</summary>
    public int ProcessId { get; private set; }

    public static async Task<Broker> StartAsync(string launcher, string kind, CancellationToken cancellationToken)
    {
        var process = Attached.Start("The broker", ["bash", launcher, "run", kind]);
        try
        {
            return new Broker(process, await process.AnswerAsync("start", TimeSpan.FromMinutes(5), cancellationToken));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (await _launcher.AskAsync("stop", cancellationToken) is not ["stopped"])
            throw new BenchException("The broker could not be stopped.");
    }

    public async Task StartAgainAsync(CancellationToken cancellationToken) => Take(await _launcher.AskAsync("start", cancellationToken));

    public ValueTask DisposeAsync() => _launcher.DisposeAsync();

    private void Take(string[] ready)
    {
        if (ready is not ["ready", var url, var processId])
            throw new BenchException($"The broker did not start: {string.Join(' ', ready)}");
        Url = new Uri(url);
        ProcessId = int.Parse(processId, CultureInfo.InvariantCulture);
    }
}
