using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Samples;

/// <summary>A sample as its README has one start it.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _readers;
    private int _open = 2;
    private bool _disposed;

    private SampleProcess(Process process)
    {
        _process = process;
        _readers = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>What it prints.</summary>
    public SignalledList<string> Lines { get; } = new();

    /// <summary>Starts it in the folder of the sample.</summary>
    /// <exception cref="InvalidOperationException">The program is missing; the text says how to install it.</exception>
    public static SampleProcess Start(string sample, Uri broker, string data, string program, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = RepositoryRoot.PathTo("samples", sample),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The build that runs the tests tells its children where its parts are.
        foreach (var name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key))
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
                info.Environment.Remove(name);
        }

        info.Environment["RABBITMQ_URL"] = broker.ToString();
        info.Environment["DATA"] = data;
        try
        {
            return new SampleProcess(Process.Start(info)!);
        }
        catch (Win32Exception e)
        {
            throw MissingTool.Error(program, e);
        }
    }

    /// <summary>Waits until it has printed a line with this text, and returns the line.</summary>
    public async Task<string> SaysAsync(string text, CancellationToken cancellationToken)
    {
        var lines = await Lines.WhenAsync(text, lines => lines.Any(Has), cancellationToken);
        return lines.First(Has);

        bool Has(string line) => line.Contains(text, StringComparison.Ordinal);
    }

    /// <summary>Asks it to end, as a container engine does, and returns its exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        ProcessSignals.Send(_process.Id, ProcessSignal.Terminate);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(SignalledList<string>.Patience, TimeProvider.System, cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Kills it if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _readers;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            Lines.Add(line);
        if (Interlocked.Decrement(ref _open) == 0)
            Lines.End("the sample ended");
    }
}
