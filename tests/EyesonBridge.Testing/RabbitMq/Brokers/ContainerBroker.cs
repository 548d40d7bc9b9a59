using System.Globalization;
using System.Text;
using DotNet.Testcontainers.Builders;
using EyesonBridge.Testing.Servers;
using Testcontainers.RabbitMq;

namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>A container of RabbitMQ's own image.</summary>
internal sealed class ContainerBroker : ContainerServer<RabbitMqContainer>, IBroker
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

    private ContainerBroker(RabbitMqContainer container, Uri url)
        : base(container) => Url = url;

    public Uri Url { get; }

    /// <exception cref="InvalidOperationException">It cannot be started.</exception>
    public static async Task<ContainerBroker> StartAsync(TlsListener? tls, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{port}"));
        var builder = new RabbitMqBuilder(ImageIn(ImageVariable, DefaultImage))
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

    public async Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await Container.ExecAsync(["rabbitmqctl", "--quiet", .. arguments], cancellationToken);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)} failed: {result.Stderr}");
    }

    public Task EvaluateAsync(string expression, CancellationToken cancellationToken) => ControlAsync(["eval", expression], cancellationToken);

    private static RabbitMqBuilder WithTls(RabbitMqBuilder builder, TlsListener tls) =>
        builder
            .WithResourceMapping(new FileInfo(Path.Combine(tls.Folder, "ca.pem")), TlsFolder)
            .WithResourceMapping(new FileInfo(Path.Combine(tls.Folder, "server.pem")), TlsFolder)
            .WithResourceMapping(new FileInfo(Path.Combine(tls.Folder, "server-key.pem")), TlsFolder)
            .WithResourceMapping(Encoding.UTF8.GetBytes(TlsConfiguration), "/etc/rabbitmq/conf.d/90-tls.conf")
            .WithPortBinding(tls.Port, TlsPort);
}
