namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>Where a broker is to listen with TLS too.</summary>
/// <param name="Port">A free port of 127.0.0.1.</param>
/// <param name="Folder">Has <c>ca.pem</c>, <c>server.pem</c> and <c>server-key.pem</c>.</param>
internal sealed record TlsListener(int Port, string Folder);
