using System.Net;
using System.Net.Sockets;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using EyesonBridge.Testing.Tls;

namespace EyesonBridge.Integration.Tests.Tls;

/// <summary>A worker and a real broker whose certificate, for <c>localhost</c>, is of an authority of its own.</summary>
public sealed class BrokerTlsTests(BrokerTlsTests.TlsBroker broker) : IClassFixture<BrokerTlsTests.TlsBroker>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_AuthorityByFileAndRightName_Connects()
    {
        await using var bridge = await BridgeProcess.StartReadyAsync(broker.Settings("localhost", broker.Authority), Cancellation);

        Assert.DoesNotContain("certificate", bridge.Transcript, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("localhost", "other", "CN=The broker's authority', which is not among the authorities in the file that Bus:CaFile names")]
    [InlineData("localhost", null, "Set Bus:CaFile to a PEM file")]
    [InlineData("127.0.0.1", "own", "it was issued for localhost, not for the host name used to connect")]
    public async Task Worker_CertificateThatIsNotGood_StaysAwayAndSaysWhatToDo(string host, string? authority, string says)
    {
        await using var bridge = BridgeProcess.Start(broker.Settings(host, authority is null ? null : authority is "own" ? broker.Authority : broker.Other));

        await bridge.WhenReadyAsync(
            (status, body) => status == HttpStatusCode.ServiceUnavailable
                && ((string?)body["checks"]!["bus"]!["description"])?.Contains(says, StringComparison.Ordinal) == true,
            Cancellation);
        var (live, _) = await bridge.GetHealthAsync("live", Cancellation);

        Assert.Equal(HttpStatusCode.OK, live);
        await bridge.Output.WhenAsync(
            "the reason in the log",
            lines => lines.Any(line => line.Contains("[1000]", StringComparison.Ordinal) && line.Contains(says, StringComparison.Ordinal)),
            Cancellation);
    }

    [Fact]
    public async Task Command_CertificateThatIsNotGood_FailsWithTheReason()
    {
        await using var list = BridgeProcess.Start(broker.Settings("127.0.0.1", broker.Authority), "list");

        Assert.NotEqual(0, await list.WhenExitedAsync(Cancellation));
        Assert.Contains(list.Errors.Items, line => line.Contains("was rejected: it was issued for localhost", StringComparison.Ordinal));
    }

    /// <summary>The broker, its authority and another one.</summary>
    public sealed class TlsBroker : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();
        private RabbitMqServer? _server;
        private int _port;

        internal string Authority => _folder.Combine("ca.pem");

        internal string Other => _folder.Combine("other.pem");

        public async ValueTask InitializeAsync()
        {
            using var authority = new TestAuthority("The broker's authority");
            using var other = new TestAuthority("Another authority");
            authority.WriteServerFiles(_folder.Path, "localhost");
            other.WriteTo(Other);
            using (var listener = new TcpListener(IPAddress.Loopback, 0))
            {
                listener.Start();
                _port = ((IPEndPoint)listener.LocalEndpoint).Port;
            }

            _server = await RabbitMqServer.StartPrivateWithTlsAsync(_port, _folder.Path, Cancellation);
        }

        /// <summary>The environment of a worker that observes nothing.</summary>
        internal Dictionary<string, string> Settings(string host, string? authority)
        {
            var settings = BridgeSettings.For(
                new Uri("http://127.0.0.1:9"), "a-key", new Uri($"amqps://guest:guest@{host}:{_port}"), RabbitMqServer.UniqueName("control"), _folder.Combine($"{Guid.NewGuid():N}.db"));
            if (authority is not null)
                settings["Bus__CaFile"] = authority;
            return settings;
        }

        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
                await _server.DisposeAsync();
            _folder.Dispose();
        }
    }
}
