using System.Diagnostics;
using System.Text;

namespace EyesonBridge.Bench.Processes;

/// <summary>A program of the bench's own: it obeys a line on standard input, answers with one, and ends when its input closes.</summary>
internal sealed class Attached : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly string _name;

    private Attached(string name, Process process)
    {
        _name = name;
        _process = process;
        process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public static Attached Start(string name, IReadOnlyList<string> command, params IEnumerable<(string Name, string Value)> environment)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
            info.Environment[variable] = value;
        return new Attached(name, Process.Start(info)!);
    }

    /// <summary>Starts this very program in another role. It is compiled completely at first use, so that nothing of that comes later.</summary>
    public static Attached StartRole(string role, params IEnumerable<string> arguments) =>
        Start(
            role,
            [Environment.ProcessPath!, .. Own(), role, .. arguments],
            ("DOTNET_TieredCompilation", "0"),
            ("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0"));

    /// <summary>Says a line and waits for the answer.</summary>
    public async Task<string[]> AskAsync(string line, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await AnswerAsync(line, within ?? TimeSpan.FromMinutes(3), cancellationToken);
    }

    /// <summary>The next line that it says, in words.</summary>
    public async Task<string[]> AnswerAsync(string question, TimeSpan within, CancellationToken cancellationToken)
    {
        var answer = _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask();
        try
        {
            return (await answer.WaitAsync(within, cancellationToken))?.Split(' ')
                ?? throw new BenchException($"{_name} ended. {_errors}");
        }
        catch (TimeoutException)
        {
            throw new BenchException($"{_name} has not answered for {within.TotalSeconds:0} s: {question}. {_errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    // Under "dotnet X.dll" the process' program is dotnet itself.
    private static IEnumerable<string> Own() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? [typeof(Attached).Assembly.Location] : [];
}
