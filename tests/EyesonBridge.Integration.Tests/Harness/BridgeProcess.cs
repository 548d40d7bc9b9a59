using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>The real program, as a process of its own, with the settings of a test in its environment.</summary>
internal sealed class BridgeProcess : IAsyncDisposable
{
    /// <summary>Within which the program ends after SIGTERM.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    private const string Listening = "Now listening on: ";

    private static readonly string[] Sections =
    [
        "Eyeson__", "Observer__", "Bus__", "Store__", "Management__", "Permalinks__", "Discovery__", "Webhook__", "Logging__",
        "ASPNETCORE_", "DOTNET_ENV", "OTEL_", "EYESONBRIDGE_SECRETS",
    ];

    private readonly Process _process;
    private readonly Task _readers;

    private BridgeProcess(Process process)
    {
        _process = process;
        _readers = Task.WhenAll(ReadAsync(process.StandardOutput, Output), ReadAsync(process.StandardError, Errors));
    }

    /// <summary>The lines on standard output.</summary>
    public SignalledList<string> Output { get; } = new();

    /// <summary>The lines on standard error.</summary>
    public SignalledList<string> Errors { get; } = new();

    /// <summary>Starts the program; without arguments it runs the bridge.</summary>
    public static BridgeProcess Start(IReadOnlyDictionary<string, string> settings, params IEnumerable<string> arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var program = Path.Combine(AppContext.BaseDirectory, "EyesonBridge.dll");
        var info = new ProcessStartInfo(dotnet, [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in info.Environment.Keys.Where(name => Sections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase))).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in settings)
            info.Environment[name] = value;
        return new BridgeProcess(Process.Start(info)!);
    }

    /// <summary>Starts the bridge and waits until it says that it is ready.</summary>
    public static async Task<BridgeProcess> StartReadyAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var bridge = Start(settings);
        try
        {
            await bridge.WhenHealthAsync("ready", HttpStatusCode.OK, _ => true, cancellationToken);
            return bridge;
        }
        catch
        {
            await bridge.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the management port listens; waits for it.</summary>
    public async Task<Uri> ListensAtAsync(CancellationToken cancellationToken)
    {
        var lines = await Output.WhenAsync("the management port", lines => lines.Any(HasAddress), cancellationToken);
        var line = lines.First(HasAddress);
        return new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);

        static bool HasAddress(string line) => line.Contains(Listening, StringComparison.Ordinal);
    }

    /// <summary>Asks <c>/health/…</c> once.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body)> GetHealthAsync(string name, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = await ListensAtAsync(cancellationToken) };
        using var response = await http.GetAsync($"health/{name}", cancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject());
    }

    /// <summary>Asks <c>/health/…</c> until it answers so.</summary>
    public async Task WhenHealthAsync(string name, HttpStatusCode status, Func<JsonObject, bool> body, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(SignalledList<string>.Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var last = "nothing";
        try
        {
            do
            {
                var answer = await GetHealthAsync(name, patience.Token);
                if (answer.Status == status && body(answer.Body))
                    return;
                last = $"{answer.Status} {answer.Body.ToJsonString()}";
            }
            while (await tick.WaitForNextTickAsync(patience.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"/health/{name} said {last}, not {status}.{Environment.NewLine}{Transcript()}", error);
        }
    }

    /// <summary>Asks the program to end (SIGTERM), and returns its exit code.</summary>
    /// <exception cref="TimeoutException">It did not end within <see cref="StopWithin"/>.</exception>
    public async Task<int> TerminateAsync()
    {
        Signals.Terminate(_process.Id);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopWithin);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The program did not end within {StopWithin.TotalSeconds} s.{Environment.NewLine}{Transcript()}", e);
        }

        await _readers;
        return _process.ExitCode;
    }

    /// <summary>Ends the program as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _readers;
    }

    /// <summary>Waits until the program has ended by itself, and returns its exit code.</summary>
    public async Task<int> WhenExitedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(SignalledList<string>.Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The program did not end.{Environment.NewLine}{Transcript()}", e);
        }

        await _readers;
        return _process.ExitCode;
    }

    /// <summary>All that the program said.</summary>
    public string Transcript() => string.Join(Environment.NewLine, [.. Output.Items, .. Errors.Items]);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader reader, SignalledList<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
            lines.Add(line);
        lines.End("the program ended");
    }
}
