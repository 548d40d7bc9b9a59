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

    /// <summary>Evaluates an expression of Erlang in it, as <c>rabbitmqctl eval</c> does, but where it can be in much less time.</summary>
    /// <param name="expression">One line that ends with a dot.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">It could not be evaluated, or ended with an error.</exception>
    Task EvaluateAsync(string expression, CancellationToken cancellationToken);
}
