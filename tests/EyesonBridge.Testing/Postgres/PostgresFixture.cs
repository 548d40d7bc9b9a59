using Xunit;

namespace EyesonBridge.Testing.Postgres;

/// <summary>One server for the tests of a class, a collection or an assembly. Prefer the widest: tests keep apart by databases of their own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    /// <summary>The server: that of <see cref="PostgresServer.ConnectionVariable"/>, otherwise a private one.</summary>
    public PostgresServer Server => _server ?? throw new InvalidOperationException("The server is not started yet.");

    public async ValueTask InitializeAsync() =>
        _server = await PostgresServer.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
