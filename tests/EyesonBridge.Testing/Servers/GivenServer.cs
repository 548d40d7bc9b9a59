namespace EyesonBridge.Testing.Servers;

/// <summary>A server that somebody else runs: it can be talked to, and no more.</summary>
/// <param name="variable">The environment variable that names it.</param>
internal abstract class GivenServer(string variable) : ITestServer
{
    public Task StartAsync(CancellationToken cancellationToken) => throw NotOurs("start");

    public Task StopAsync(CancellationToken cancellationToken) => throw NotOurs("stop");

    public Task KillAsync(CancellationToken cancellationToken) => throw NotOurs("kill");

    public Task PauseAsync(CancellationToken cancellationToken) => throw NotOurs("pause");

    public Task ResumeAsync(CancellationToken cancellationToken) => throw NotOurs("resume");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected NotSupportedException NotOurs(string action) => new($"The server that {variable} names is not ours to {action}.");
}
