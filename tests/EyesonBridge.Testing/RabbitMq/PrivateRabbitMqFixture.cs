using Xunit;

namespace EyesonBridge.Testing.RabbitMq;

/// <summary>As <see cref="RabbitMqFixture"/>, but always a private broker: for tests that stop, kill or pause it.</summary>
/// <remarks>Share it only among tests that run one after the other, and leave it running after each.</remarks>
public sealed class PrivateRabbitMqFixture : IAsyncLifetime
{
    private RabbitMqServer? _server;

    /// <summary>The broker.</summary>
    public RabbitMqServer Server => _server ?? throw new InvalidOperationException("The broker is not started yet.");

    public async ValueTask InitializeAsync() =>
        _server = await RabbitMqServer.StartPrivateAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
