namespace EyesonBridge.Bus;

/// <summary>The broker; section <c>Bus</c>.</summary>
internal sealed class BusOptions
{
    public const string Section = "Bus";

    /// <summary>Default <c>RabbitMq</c>.</summary>
    public BusTransport Transport { get; set; } = BusTransport.RabbitMq;

    /// <summary>
    /// Address of the broker with user and password, as far as <see cref="Username"/> and <see cref="Password"/> do not say
    /// otherwise. Default <c>amqp://guest:guest@localhost:5672</c>.
    /// </summary>
    public string Url { get => BrokerCredentials.AddTo(field, Username, Password); set; } = "amqp://guest:guest@localhost:5672";

    /// <summary>The broker's user. Null, the default, takes that of the address.</summary>
    public string? Username { get; set; }

    /// <summary>The user's password, as it is: not encoded as in an address. Null, the default, takes that of the address.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// For <c>amqps</c>: a PEM file with the authorities that may vouch for the broker, and no others do. Null, the default,
    /// takes those that the system trusts.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>
    /// For <c>amqps</c>: a PEM file with the certificate by which the broker recognizes the bridge. Null, the default, shows none.
    /// Without a user in <see cref="Url"/> the certificate is the user (EXTERNAL).
    /// </summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>A PEM file with the key of that certificate. Null, the default, when the key is in the same file.</summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>Queue on which commands are received; a quorum queue. Default <c>eyeson-bridge-control</c>.</summary>
    public string ControlQueue { get; set; } = "eyeson-bridge-control";

    /// <summary>
    /// For how long the broker keeps a command that was moved to the error or undeliverable queue. Default 7 days. One that
    /// carries a token is never moved there.
    /// </summary>
    public TimeSpan KeepFailedCommands { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the broker may take to confirm a message before it is sent again. Default 10 s.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
