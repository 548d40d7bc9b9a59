using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>A broker that runs.</summary>
internal interface IBroker : ITestServer
{
    /// <summary>Where it listens, user name and password included.</summary>
    Uri Url { get; }

    /// <summary>Runs <c>rabbitmqctl</c> on it.</summary>
    /// <exception cref="InvalidOperationException">That failed.</exception>
    Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}
