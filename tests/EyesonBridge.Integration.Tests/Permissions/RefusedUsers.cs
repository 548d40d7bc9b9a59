using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Permissions;

/// <summary>A virtual host in which nothing is declared, and users who cannot change that: tests can share them.</summary>
public sealed class RefusedUsers(RabbitMqFixture rabbit) : IAsyncLifetime
{
    /// <summary>The virtual host's name.</summary>
    public string Host { get; } = RabbitMqServer.UniqueName("refused");

    /// <summary>A user whom the virtual host does not let in.</summary>
    public Uri Outsider { get; private set; } = null!;

    /// <summary>A user who is let in, and may do nothing.</summary>
    public Uri Powerless { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var host = await rabbit.Server.CreateVirtualHostAsync(Host, cancellation);
        Outsider = await rabbit.Server.CreateUserAsync(host, "outsider", permissions: null, cancellation);
        Powerless = await rabbit.Server.CreateUserAsync(host, "powerless", ["^$", "^$", "^$"], cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
