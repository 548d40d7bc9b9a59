using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using EyesonBridge.Bus;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Tls;
using EyesonBridge.Tls;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Tests.Bus;

/// <summary>A server that asks for a certificate, as a broker can, and what both libraries show it.</summary>
public sealed class ClientCertificateTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new("An authority");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<string?> _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _serving = Task.CompletedTask;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _authority.WriteTo(_folder.Combine("ca.pem"));
        _authority.WriteClientFiles(_folder.Path, "the-bridge");
        _listener.Start();
        _serving = ServeAsync();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Connect_OurPublisher_ShowsIt()
    {
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => BrokerHost.FactoryFor(Options(), Trust()).CreateConnectionAsync(Cancelled));

        Assert.Equal("CN=the-bridge", await _shown.Task.WaitAsync(Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Connect_MassTransit_ShowsIt()
    {
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator => configurator.ConnectTo(Options(), Trust()));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var starting = bus.StartAsync(enough.Token);

        Assert.Equal("CN=the-bridge", await _shown.Task.WaitAsync(Cancelled));

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting);
    }

    [Fact]
    public void Factory_UrlWithoutAUser_TakesTheCertificateForOne()
    {
        var options = Options();
        Assert.DoesNotContain(BrokerHost.FactoryFor(options, Trust()).AuthMechanisms, mechanism => mechanism is ExternalMechanismFactory);

        options.Url = "amqps://localhost";

        Assert.IsType<ExternalMechanismFactory>(Assert.Single(BrokerHost.FactoryFor(options, Trust()).AuthMechanisms));
    }

    private BusOptions Options() => new()
    {
        Url = $"amqps://guest:guest@localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}",
        CaFile = _folder.Combine("ca.pem"),
        ClientCertificateFile = _folder.Combine("client.pem"),
        ClientKeyFile = _folder.Combine("client-key.pem"),
    };

    private ServerTrust Trust() => new("the broker", "Bus:CaFile", _folder.Combine("ca.pem"), NullLogger.Instance);

    private async Task ServeAsync()
    {
        using var certificate = _authority.Issue("localhost");
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(Cancelled);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = certificate,
                        ClientCertificateRequired = true,
                        RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        {
                            _shown.TrySetResult(shown?.Subject);
                            return shown is not null;
                        },
                    },
                    Cancelled);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            catch (Exception failed) when (failed is IOException or System.Security.Authentication.AuthenticationException)
            {
                _shown.TrySetResult(null);
            }
        }
    }
}
