using System.Net;
using System.Net.Sockets;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace EyesonBridge.Testing.Servers;

/// <summary>
/// A server in a container, on a port of 127.0.0.1 that it keeps. It is removed by <see cref="DisposeAsync"/>, or by
/// Testcontainers' reaper when the test process ends before.
/// </summary>
internal abstract class ContainerServer<T>(T container) : ITestServer
    where T : IContainer
{
    protected static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(90);
    protected static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    private readonly IDockerClient _engine = TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.Empty).Build();

    /// <summary>What the engine calls the container.</summary>
    public string Id => container.Id;

    protected T Container => container;

    public Task StartAsync(CancellationToken cancellationToken) => container.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => container.StopAsync(cancellationToken);

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await _engine.Containers.KillContainerAsync(Id, new ContainerKillParameters { Signal = "SIGKILL" }, cancellationToken);
        await _engine.Containers.WaitContainerAsync(Id, cancellationToken);
    }

    public Task PauseAsync(CancellationToken cancellationToken) => container.PauseAsync(cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => container.UnpauseAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await container.DisposeAsync();
        _engine.Dispose();
    }

    protected static string ImageIn(string variable, string otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } image ? image : otherwise;

    protected static void PublishHereOnly(CreateContainerParameters parameters)
    {
        foreach (var binding in parameters.HostConfig!.PortBindings!.Values.SelectMany(bindings => bindings))
            binding.HostIP = "127.0.0.1";
    }

    // Below the range that the kernel hands to outgoing connections, so that nobody takes the port of a server that is down for a moment.
    protected static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
