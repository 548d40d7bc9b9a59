using System.Globalization;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>
/// The distribution's package <c>rabbitmq-server</c>, started by <c>scripts/lib/rabbitmq</c>: a process and a folder of
/// its own, gone without a trace after <see cref="DisposeAsync"/> or when the test process ends.
/// </summary>
internal sealed class PackageBroker : IBroker
{
    private readonly AttachedProcess _launcher;
    private readonly SemaphoreSlim _oneCommand = new(1, 1);

    private PackageBroker(AttachedProcess launcher, string ready)
    {
        _launcher = launcher;
        (Url, ProcessId) = ParseReady(ready);
    }

    public Uri Url { get; }

    /// <summary>The broker's process as of its last start.</summary>
    public int ProcessId { get; private set; }

    /// <summary>The process that owns the broker's processes and folder.</summary>
    public int LauncherId => _launcher.Id;

    /// <exception cref="InvalidOperationException">It cannot be started; the text says what to install.</exception>
    public static async Task<PackageBroker> StartAsync(TlsListener? tls, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tls is not null)
            environment["EYESONBRIDGE_TLS"] = $"{tls.Port}:{tls.Folder}";
        var launcher = AttachedProcess.Start("bash", [RepositoryRoot.PathTo("scripts", "lib", "rabbitmq"), "run", "package"], environment);
        try
        {
            return new PackageBroker(launcher, await launcher.ReadLineAsync(cancellationToken));
        }
        catch
        {
            await launcher.DisposeAsync();
            throw;
        }
    }

    /// <summary>The folder of a broker, by the id of its process.</summary>
    public static string FolderOf(int processId) =>
        new FileInfo($"/proc/{processId}/cwd").LinkTarget ?? throw new InvalidOperationException("There is no such process.");

    public async Task StartAsync(CancellationToken cancellationToken) =>
        ProcessId = ParseReady(await AskAsync("start", "ready", cancellationToken)).ProcessId;

    public Task StopAsync(CancellationToken cancellationToken) => AskAsync("stop", "stopped", cancellationToken);

    public Task KillAsync(CancellationToken cancellationToken) => AskAsync("kill", "killed", cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) => AskAsync("pause", "paused", cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => AskAsync("resume", "resumed", cancellationToken);

    public Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        AskAsync(string.Join('\t', ["control", .. arguments]), "controlled", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _launcher.DisposeAsync();
        _oneCommand.Dispose();
    }

    private async Task<string> AskAsync(string command, string expected, CancellationToken cancellationToken)
    {
        await _oneCommand.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled half-way: the answer would be taken for that to the next command.
            await _launcher.WriteLineAsync(command, CancellationToken.None);
            var answer = await _launcher.ReadLineAsync(CancellationToken.None);
            return answer.StartsWith(expected, StringComparison.Ordinal)
                ? answer
                : throw new InvalidOperationException($"RabbitMQ, told to {command.Replace('\t', ' ')}: {answer}");
        }
        finally
        {
            _oneCommand.Release();
        }
    }

    private static (Uri Url, int ProcessId) ParseReady(string line) =>
        line.Split(' ') is ["ready", var url, var processId]
            ? (new Uri(url), int.Parse(processId, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"scripts/lib/rabbitmq said: {line}");
}
