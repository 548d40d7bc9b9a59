using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using Testcontainers.RabbitMq;

namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>
/// A container of RabbitMQ's own image, on a port of 127.0.0.1 that it keeps. It is removed by <see cref="DisposeAsync"/>,
/// or by Testcontainers' reaper when the test process ends before.
/// </summary>
internal sealed class ContainerBroker : IBroker
{
    /// <summary>The environment variable that names another image.</summary>
    public const string ImageVariable = "EYESONBRIDGE_TEST_RABBITMQ_IMAGE";

    private const string DefaultImage = "rabbitmq:4-management"; // that of compose.yaml
    private const ushort TlsPort = 5671;
    private const string TlsFolder = "/etc/rabbitmq/tls/";

    private const string TlsConfiguration = $"""
        listeners.ssl.default = 5671
        ssl_options.cacertfile = {TlsFolder}ca.pem
        ssl_options.certfile = {TlsFolder}server.pem
        ssl_options.keyfile = {TlsFolder}server-key.pem
        ssl_options.verify = verify_none
        ssl_options.fail_if_no_peer_cert = false

        """;

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    private readonly RabbitMqContainer _container;
    private readonly IDockerClient _engine;

    private ContainerBroker(RabbitMqContainer container, Uri url)
    {
        _container = container;
        _engine = TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.Empty).Build();
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>What the engine calls the container.</summary>
    public string Id => _container.Id;

    /// <exception cref="InvalidOperationException">It cannot be started.</exception>
    public static async Task<ContainerBroker> StartAsync(TlsListener? tls, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{port}"));
        var image = Environment.GetEnvironmentVariable(ImageVariable) is { Length: > 0 } other ? other : DefaultImage;
        var builder = new RabbitMqBuilder(image)
            .WithUsername("guest")
            .WithPassword("guest")
            .WithPortBinding(port, RabbitMqBuilder.RabbitMqPort)
            .WithCreateParameterModifier(PublishHereOnly)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(
                new AmqpAnswers(url), strategy => strategy.WithTimeout(StartWithin).WithInterval(AskEvery)));
        var broker = new ContainerBroker((tls is null ? builder : WithTls(builder, tls)).Build(), url);
        try
        {
            await broker.StartAsync(cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => _container.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _container.StopAsync(cancellationToken);

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await _engine.Containers.KillContainerAsync(Id, new ContainerKillParameters { Signal = "SIGKILL" }, cancellationToken);
        await _engine.Containers.WaitContainerAsync(Id, cancellationToken);
    }

    public Task PauseAsync(CancellationToken cancellationToken) => _container.PauseAsync(cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => _container.UnpauseAsync(cancellationToken);

    public async Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await _container.ExecAsync(["rabbitmqctl", "--quiet", .. arguments], cancellationToken);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)} failed: {result.Stderr}");
    }

    public async ValueTask DisposeAsync()
    {
        await _container.DisposeAsync();
        _engine.Dispose();
    }

    private static RabbitMqBuilder WithTls(RabbitMqBuilder builder, TlsListener tls) =>
        builder
            .WithResourceMapping(new FileInfo(Path.Combine(tls.Folder, "ca.pem")), TlsFolder)
            .WithResourceMapping(new FileInfo(Path.Combine(tls.Folder, "server.pem")), TlsFolder)
            .WithResourceMapping(new FileInfo(Path.Combine(tls.Folder, "server-key.pem")), TlsFolder)
            .WithResourceMapping(Encoding.UTF8.GetBytes(TlsConfiguration), "/etc/rabbitmq/conf.d/90-tls.conf")
            .WithPortBinding(tls.Port, TlsPort);

    private static void PublishHereOnly(CreateContainerParameters parameters)
    {
        foreach (var binding in parameters.HostConfig!.PortBindings!.Values.SelectMany(bindings => bindings))
            binding.HostIP = "127.0.0.1";
    }

    // Below the range that the kernel hands to outgoing connections, so that nobody takes the port of a broker that is down for a moment.
    private static int FreePort()
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
