namespace EyesonBridge.Pacing;

/// <summary>The loop of a background task that does the same again and again.</summary>
internal static class Rounds
{
    /// <summary>Does rounds until it is stopped. What goes wrong in one is told, and does not end them.</summary>
    /// <param name="round">One round, with the wait for the next one at its end.</param>
    /// <param name="failed">Told what went wrong.</param>
    /// <param name="pause">Until the next round when one failed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stoppingToken">Ends the rounds, also the one that is under way.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task> round, Action<Exception> failed, TimeSpan pause, TimeProvider time, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // that is what this is for
            catch (Exception error)
            {
                failed(error);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }
    }
}
