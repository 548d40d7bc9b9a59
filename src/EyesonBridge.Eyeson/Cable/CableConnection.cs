namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// The observer connection of one room, from the upgrade to the end. It does not reconnect: the ending says what
/// happened, and the caller decides. Each run opens a socket of its own.
/// </summary>
public sealed class CableConnection
{
    private readonly CableTarget _target;
    private readonly CableOptions _options;
    private readonly TimeProvider _clock;
    private readonly ICableTransport _transport;
    private readonly CableWatchdog _watchdog;

    internal CableConnection(CableTarget target, CableOptions options, TimeProvider clock, ICableTransport transport, CableWatchdog watchdog)
    {
        _target = target;
        _options = options;
        _clock = clock;
        _transport = transport;
        _watchdog = watchdog;
    }

    /// <summary>
    /// Connects, waits for the welcome, subscribes, and passes on what it receives until the connection ends. Nothing that
    /// the network or the server does throws: it is reported as an ending.
    /// </summary>
    /// <param name="listener">
    /// Receives the messages. Its exceptions are rethrown by this method after the socket is closed, except for its cancellation
    /// when <paramref name="stop"/> was cancelled.
    /// </param>
    /// <param name="stop">Closes the connection properly; the ending is then <see cref="CableEndingKind.Stopped"/>.</param>
    public async Task<CableEnding> RunAsync(ICableListener listener, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(listener);

        await using var run = new CableRun(_target, _options, _clock);
        _watchdog.Add(run);
        try
        {
            await using var registration = stop.UnsafeRegister(static run => ((CableRun)run!).Close(CableEndings.Stopped), run);
            return await run.RunAsync(_transport, listener);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return run.Stopped();
        }
        finally
        {
            _watchdog.Remove(run);
        }
    }
}
