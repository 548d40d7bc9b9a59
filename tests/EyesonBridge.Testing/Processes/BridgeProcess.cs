using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace EyesonBridge.Testing.Processes;

/// <summary>
/// The program (<c>EyesonBridge.dll</c> beside the test) as a process of its own, with the settings of a test in its
/// environment: to be asked how it is, frozen, ended and killed.
/// </summary>
public sealed class BridgeProcess : IAsyncDisposable
{
    /// <summary>Within which the program ends after SIGTERM, when nothing keeps it from publishing.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string[] Sections =
    [
        "Eyeson__", "Observer__", "Outbox__", "Bus__", "Store__", "Host__", "Management__", "Permalinks__", "Discovery__", "Webhook__", "Logging__",
        "ASPNETCORE_", "DOTNET_ENV", "OTEL_", "EYESONBRIDGE_SECRETS", "Kestrel__",
    ];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Process _process;
    private readonly Task _readers;
    private Uri? _listensAt;

    private BridgeProcess(Process process)
    {
        _process = process;
        _readers = Task.WhenAll(ReadAsync(process.StandardOutput, Output), ReadAsync(process.StandardError, Errors));
    }

    /// <summary>The id that the system gave the process.</summary>
    public int Id => _process.Id;

    /// <summary>The lines on standard output.</summary>
    public SignalledList<string> Output { get; } = new();

    /// <summary>The lines on standard error.</summary>
    public SignalledList<string> Errors { get; } = new();

    /// <summary>All that the program said.</summary>
    public string Transcript => string.Join(Environment.NewLine, [.. Output.Items, .. Errors.Items]);

    // Without those that asking for its health has caused.
    private string LastLines => string.Join(
        Environment.NewLine,
        Output.Items.Concat(Errors.Items).Where(line => !line.Contains("DefaultHealthCheckService", StringComparison.Ordinal)).TakeLast(60));

    /// <summary>Starts the program; without arguments it runs the bridge.</summary>
    public static BridgeProcess Start(IReadOnlyDictionary<string, string> settings, params IEnumerable<string> arguments) =>
        StartBy([], settings, arguments);

    /// <summary>Starts a program that becomes ours.</summary>
    /// <param name="launcher">That program and its arguments; the command line of ours is appended. None starts it directly.</param>
    /// <param name="settings">Settings, as environment variables; those of the test process are not passed on.</param>
    /// <param name="arguments">Arguments of our program.</param>
    public static BridgeProcess StartBy(IEnumerable<string> launcher, IReadOnlyDictionary<string, string> settings, params IEnumerable<string> arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        IReadOnlyList<string> command = [.. launcher, dotnet, Path.Combine(AppContext.BaseDirectory, "EyesonBridge.dll"), .. arguments];
        var info = new ProcessStartInfo(command[0], command.Skip(1))
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
            await bridge.WhenReadyAsync(cancellationToken);
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
        if (_listensAt is not null)
            return _listensAt;

        var line = (await WhenListensAsync(cancellationToken)).First(HasAddress);
        return _listensAt = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);

        async Task<IReadOnlyList<string>> WhenListensAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await Output.WhenAsync("the management port", lines => lines.Any(HasAddress), cancellationToken);
            }
            catch (TimeoutException missing)
            {
                throw new TimeoutException($"{missing.Message}{Environment.NewLine}{string.Join(Environment.NewLine, Errors.Items)}", missing);
            }
        }
    }

    /// <summary>True for the line that tells where the management port listens.</summary>
    public static bool HasAddress(string line) => line.Contains(Listening, StringComparison.Ordinal);

    /// <summary>Asks <c>/health/…</c> once.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body)> GetHealthAsync(string name, CancellationToken cancellationToken)
    {
        var address = new Uri(await ListensAtAsync(cancellationToken), $"health/{name}");
        using var response = await _http.GetAsync(address, cancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject());
    }

    /// <summary>Asks <c>/health/ready</c> until it answers with 200.</summary>
    public Task<JsonObject> WhenReadyAsync(CancellationToken cancellationToken) =>
        WhenReadyAsync(static (status, _) => status == HttpStatusCode.OK, cancellationToken);

    /// <summary>Asks <c>/health/ready</c> until the answer is as wanted, and returns it.</summary>
    /// <exception cref="TimeoutException">It does not come; the text says what came, and what the program printed.</exception>
    public async Task<JsonObject> WhenReadyAsync(Func<HttpStatusCode, JsonObject, bool> isIt, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var last = "nothing";
        try
        {
            do
            {
                var (status, body) = await GetHealthAsync("ready", either.Token);
                if (isIt(status, body))
                    return body;
                last = $"{status} {body.ToJsonString()}";
            }
            while (await tick.WaitForNextTickAsync(either.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            // Told below.
        }

        throw new TimeoutException($"/health/ready said {last}.{Environment.NewLine}{LastLines}");
    }

    /// <summary>Its memory that lies in RAM, in bytes.</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 9), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Sends it a signal.</summary>
    public void Send(ProcessSignal signal) => ProcessSignals.Send(Id, signal);

    /// <summary>Asks the program to end (SIGTERM), and returns its exit code.</summary>
    /// <param name="within">How long that may take; <see cref="StopWithin"/> when left out.</param>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public Task<int> TerminateAsync(TimeSpan? within = null)
    {
        Send(ProcessSignal.Terminate);
        return WhenExitedAsync(within ?? StopWithin, CancellationToken.None);
    }

    /// <summary>Ends the program as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _readers;
    }

    /// <summary>Waits until the program has ended by itself, and returns its exit code.</summary>
    public Task<int> WhenExitedAsync(CancellationToken cancellationToken) => WhenExitedAsync(Patience, cancellationToken);

    /// <summary>Kills the program if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private async Task<int> WhenExitedAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(within, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The program did not end within {within.TotalSeconds} s.{Environment.NewLine}{LastLines}", e);
        }

        await _readers;
        return _process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, SignalledList<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
            lines.Add(line);
        lines.End("the program ended");
    }
}
