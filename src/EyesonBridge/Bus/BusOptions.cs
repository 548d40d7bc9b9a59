using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Bus;

/// <summary>The broker; section <c>Bus</c>.</summary>
internal sealed class BusOptions
{
    public const string Section = "Bus";

    /// <summary>What carries the messages. Default <c>RabbitMq</c>.</summary>
    public BusTransport Transport { get; set; } = BusTransport.RabbitMq;

    /// <summary>
    /// Address of the broker with user and password, as far as <see cref="Username"/> and <see cref="Password"/> do not say
    /// otherwise. Default <c>amqp://guest:guest@localhost:5672</c>.
    /// </summary>
    public string Url { get => BrokerCredentials.AddTo(field, Username, Password); set; } = "amqp://guest:guest@localhost:5672";

    /// <summary>The broker's user. Without it, that of the address counts.</summary>
    public string? Username { get; set; }

    /// <summary>The user's password, as it is: not encoded as in an address. Without it, that of the address counts.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// For <c>amqps</c>: a PEM file with the authorities that may vouch for the broker, and no others do. Without it,
    /// those that the system trusts may.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>
    /// For <c>amqps</c>: a PEM file with the certificate by which the broker recognizes the bridge. Without it, none is shown.
    /// Without a user in <see cref="Url"/> the certificate is the user (EXTERNAL).
    /// </summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>A PEM file with the key of that certificate. Without it, the key is in the same file.</summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>Queue on which commands are received; a quorum queue. Default <c>eyeson-bridge-control</c>.</summary>
    public string ControlQueue { get; set; } = "eyeson-bridge-control";

    /// <summary>
    /// For how long the broker keeps a command that was moved to the error or undeliverable queue. Default 7 days. One that
    /// carries a token is never moved there.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan KeepFailedCommands { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the broker may take to confirm a message before it is sent again. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
