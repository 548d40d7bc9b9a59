using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace EyesonBridge.Testing.Chaos;

/// <summary>
/// The worker (<c>EyesonBridge.dll</c> beside the test) as a process of its own, to be killed, frozen, and asked how it is.
/// </summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private static readonly string[] Sections = ["Eyeson__", "Observer__", "Outbox__", "Bus__", "Store__", "Host__", "Management__", "Logging__", "OTEL_", "EYESONBRIDGE_SECRETS"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Process _process;
    private readonly Task _readers;

    private WorkerProcess(Process process)
    {
        _process = process;
        _readers = Task.WhenAll(Output.ReadAsync(process.StandardOutput), Errors.ReadAsync(process.StandardError));
    }

    /// <summary>The id that the system gave the process.</summary>
    public int Id => _process.Id;

    /// <summary>What it printed on standard output.</summary>
    public OutputLines Output { get; } = new();

    /// <summary>What it printed on standard error.</summary>
    public OutputLines Errors { get; } = new();

    /// <summary>All that it said.</summary>
    public string Transcript => string.Join(Environment.NewLine, [.. Output.All, .. Errors.All]);

    /// <summary>Starts the worker.</summary>
    /// <param name="settings">Its settings, as environment variables; those of the test process are not passed on.</param>
    /// <param name="launcher">A program that becomes the worker, and its arguments; the command line is appended. None starts it directly.</param>
    public static WorkerProcess Start(IReadOnlyDictionary<string, string> settings, params IReadOnlyList<string> launcher)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        IReadOnlyList<string> command = [.. launcher, dotnet, Path.Combine(AppContext.BaseDirectory, "EyesonBridge.dll")];
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
        return new WorkerProcess(Process.Start(info)!);
    }

    /// <summary>What <c>/health/ready</c> says now.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body)> AskReadyAsync(CancellationToken cancellationToken)
    {
        var line = await Output.WhenAsync(Listening, cancellationToken) ?? throw Unexpected("ended before it listened");
        var url = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
        using var response = await _http.GetAsync(new Uri(url, "health/ready"), cancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject());
    }

    /// <summary>Asks <c>/health/ready</c> until it answers with 200.</summary>
    public Task<JsonObject> WhenReadyAsync(CancellationToken cancellationToken) =>
        WhenReadyAsync(static (status, _) => status == HttpStatusCode.OK, cancellationToken);

    /// <summary>Asks <c>/health/ready</c> until the answer is as wanted, and returns it.</summary>
    /// <exception cref="TimeoutException">It does not come; the text says what came, and what the worker printed.</exception>
    public async Task<JsonObject> WhenReadyAsync(Func<HttpStatusCode, JsonObject, bool> isIt, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        var last = "nothing";
        try
        {
            do
            {
                var (status, body) = await AskReadyAsync(either.Token);
                if (isIt(status, body))
                    return body;
                last = $"{status} {body.ToJsonString()}";
            }
            while (await tick.WaitForNextTickAsync(either.Token));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
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
    public void Send(ProcessSignal signal)
    {
        if (SendSignal(Id, (int)signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Ends it as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _readers;
    }

    /// <summary>Asks it to end (SIGTERM); returns the exit code.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<int> TerminateAsync(TimeSpan within)
    {
        Send(ProcessSignal.Terminate);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(within);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The worker did not end within {within.TotalSeconds} s of SIGTERM.{Environment.NewLine}{LastLines}", e);
        }

        await _readers;
        return _process.ExitCode;
    }

    /// <summary>Kills it if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _http.Dispose();
    }

    /// <summary>Without those that asking for its health has caused.</summary>
    private string LastLines => string.Join(
        Environment.NewLine,
        Output.All.Concat(Errors.All).Where(line => !line.Contains("DefaultHealthCheckService", StringComparison.Ordinal)).TakeLast(60));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    private InvalidOperationException Unexpected(string what) => new($"The worker {what}.{Environment.NewLine}{LastLines}");
}
