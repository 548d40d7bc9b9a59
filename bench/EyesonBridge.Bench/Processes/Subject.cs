using System.Diagnostics;
using System.Globalization;

namespace EyesonBridge.Bench.Processes;

/// <summary>A program that is measured: left alone, with its output in a file.</summary>
internal sealed class Subject : IAsyncDisposable
{
    private readonly Process _process;

    private Subject(Process process, string folder, long startedAt)
    {
        _process = process;
        Folder = folder;
        StartedAt = startedAt;
    }

    /// <summary>What is its own: its log, and what it keeps.</summary>
    public string Folder { get; }

    public int Id => _process.Id;

    /// <summary>When it was started, in ticks of the stopwatch.</summary>
    public long StartedAt { get; }

    public TimeSpan Cpu => CpuClock.Of(Id);

    public ProcessMemory Memory => ProcessMemory.Of(Id);

    /// <summary>Completes when it has ended, by itself or because it was asked to.</summary>
    public Task WhenExited => _process.WaitForExitAsync();

    public bool HasExited => _process.HasExited;

    public string LastLines => File.Exists(LogIn(Folder)) ? string.Join(Environment.NewLine, File.ReadLines(LogIn(Folder)).TakeLast(10)) : "";

    /// <summary>The last line with this text that it has written, or null.</summary>
    public string? FindLine(string text) =>
        File.Exists(LogIn(Folder)) ? File.ReadLines(LogIn(Folder)).LastOrDefault(line => line.Contains(text, StringComparison.Ordinal)) : null;

    /// <summary>Starts a command with its output in a folder, and with no settings but those given.</summary>
    public static Subject Start(string folder, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        // The shell becomes the program: the process is that of the program alone.
        var info = new ProcessStartInfo("bash", ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "_", LogIn(folder), .. command])
        {
            UseShellExecute = false,
        };
        foreach (var name in info.Environment.Keys.Where(IsSetting).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        var startedAt = Stopwatch.GetTimestamp();
        return new Subject(Process.Start(info)!, folder, startedAt);
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public async Task TerminateAsync()
    {
        if (_process.HasExited)
            return;

        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await TerminateAsync();
        _process.Dispose();
    }

    private static string LogIn(string folder) => Path.Combine(folder, "output.log");

    // What is measured are the defaults, and not what the one who measures has set for a program of his own.
    private static bool IsSetting(string name) =>
        name.Contains("__", StringComparison.Ordinal)
        || name.StartsWith("DOTNET_gc", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_Tiered", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("EYESONBRIDGE_", StringComparison.OrdinalIgnoreCase);
}
