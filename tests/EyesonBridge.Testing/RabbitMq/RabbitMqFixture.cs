using Xunit;

namespace EyesonBridge.Testing.RabbitMq;

/// <summary>
/// One broker for the tests of a class (<c>IClassFixture</c>), a collection (<c>ICollectionFixture</c>) or an assembly
/// (<c>AssemblyFixture</c>). Prefer the widest: a start takes seconds, and tests keep apart by names of their own.
/// </summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private RabbitMqServer? _server;

    /// <summary>The broker: that of <see cref="RabbitMqServer.UrlVariable"/>, otherwise a private one.</summary>
    public RabbitMqServer Server => _server ?? throw new InvalidOperationException("The broker is not started yet.");

    /// <summary>Where it listens, user name and password included.</summary>
    public Uri Url => Server.Url;

    public async ValueTask InitializeAsync() =>
        _server = await RabbitMqServer.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
