using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>The distribution's package <c>rabbitmq-server</c>, started by <c>scripts/lib/rabbitmq</c>: a process and a folder of its own.</summary>
internal sealed class PackageBroker : PackageServer, IBroker
{
    private PackageBroker(ServerScript script, string[] ready)
        : base(script, ready) => Url = new Uri(ready[1]);

    public Uri Url { get; }

    /// <exception cref="InvalidOperationException">It cannot be started; the text says what to install.</exception>
    public static async Task<PackageBroker> StartAsync(TlsListener? tls, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tls is not null)
            environment["EYESONBRIDGE_TLS"] = $"{tls.Port}:{tls.Folder}";
        var (script, ready) = await ServerScript.StartAsync("rabbitmq", ["run", "package"], environment, cancellationToken);
        return new PackageBroker(script, ready);
    }

    public Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Script.AskAsync(string.Join('\t', ["control", .. arguments]), "controlled", cancellationToken);

    public Task EvaluateAsync(string expression, CancellationToken cancellationToken) =>
        Script.AskAsync($"evaluate\t{expression}", "evaluated", cancellationToken);
}
