using System.Net.Http.Headers;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>The metrics of a bridge, as Prometheus fetches them.</summary>
internal static class ScrapedMetrics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Fetches them until they are as wanted, in the format that has exemplars.</summary>
    /// <exception cref="TimeoutException">They did not become so; the text holds them.</exception>
    public static async Task<string> WhenAsync(BridgeProcess bridge, Func<string, bool> isIt, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = await bridge.ListensAtAsync(cancellationToken) };
        http.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text;version=1.0.0"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(350), TimeProvider.System); // an answer is kept for 300 ms
        var text = "";
        try
        {
            while (!isIt(text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), patience.Token)))
                await tick.WaitForNextTickAsync(patience.Token);
            return text;
        }
        catch (OperationCanceledException tooLate) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The metrics did not become what is expected:{Environment.NewLine}{text}", tooLate);
        }
    }
}
