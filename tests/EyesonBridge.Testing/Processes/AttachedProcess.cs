using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace EyesonBridge.Testing.Processes;

/// <summary>
/// A program that serves a test: it prints lines, obeys lines on its standard input, and ends by itself when that
/// closes. So it does not outlive the test process, however that ends.
/// </summary>
public sealed class AttachedProcess : IAsyncDisposable
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(45);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Task _errorReader;

    private AttachedProcess(Process process)
    {
        _process = process;
        _errorReader = ReadErrorsAsync();
    }

    /// <summary>The id that the system gave the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts <paramref name="fileName"/> with the test's environment and <paramref name="environment"/>.</summary>
    /// <exception cref="InvalidOperationException">The program cannot be started; the text says how to install it.</exception>
    public static AttachedProcess Start(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(fileName, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            info.Environment[name] = value;

        try
        {
            return new AttachedProcess(Process.Start(info)!);
        }
        catch (Win32Exception e)
        {
            throw MissingTool.Error(fileName, e);
        }
    }

    /// <summary>The next line that the program prints.</summary>
    /// <exception cref="InvalidOperationException">The program ended; the text holds what it said on standard error.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw await EndedAsync();

    /// <summary>Sends the program one line.</summary>
    /// <exception cref="InvalidOperationException">The program ended; the text holds what it said on standard error.</exception>
    public async Task WriteLineAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
            return;
        }
        catch (IOException)
        {
            // A broken pipe says only that the program ended; why, it said itself.
        }

        throw await EndedAsync();
    }

    /// <summary>Closes the program's standard input and waits until it has ended; kills it when it takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already, with a line still to be written to it.
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(ExitTimeout, TimeProvider.System);
        }
        catch (TimeoutException e)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {ExitTimeout.TotalSeconds} s.", e);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private async Task<InvalidOperationException> EndedAsync()
    {
        await _process.WaitForExitAsync();
        await _errorReader;
        return new InvalidOperationException(
            $"{_process.StartInfo.FileName} ended with exit code {_process.ExitCode}.{Environment.NewLine}{_errors}");
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            _errors.AppendLine(line);
    }
}
