using System.Globalization;

namespace EyesonBridge.Testing.Servers;

/// <summary>A server of the distribution's package, behind its script.</summary>
internal abstract class PackageServer(ServerScript script, string[] ready) : ITestServer
{
    /// <summary>The server's process as of its last start.</summary>
    public int ProcessId { get; private set; } = IdIn(ready);

    /// <inheritdoc cref="ServerScript.LauncherId"/>
    public int LauncherId => script.LauncherId;

    protected ServerScript Script => script;

    /// <summary>The folder of a server, by the id of its process.</summary>
    public static string FolderOf(int processId) =>
        new FileInfo($"/proc/{processId}/cwd").LinkTarget ?? throw new InvalidOperationException("There is no such process.");

    public async Task StartAsync(CancellationToken cancellationToken) =>
        ProcessId = IdIn(await script.AskAsync("start", "ready", cancellationToken));

    public Task StopAsync(CancellationToken cancellationToken) => script.AskAsync("stop", "stopped", cancellationToken);

    public Task KillAsync(CancellationToken cancellationToken) => script.AskAsync("kill", "killed", cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) => script.AskAsync("pause", "paused", cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => script.AskAsync("resume", "resumed", cancellationToken);

    public ValueTask DisposeAsync() => script.DisposeAsync();

    private static int IdIn(string[] ready) => int.Parse(ready[^1], CultureInfo.InvariantCulture);
}
