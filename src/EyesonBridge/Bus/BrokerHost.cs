using System.Net.Security;
using System.Security.Authentication;
using EyesonBridge.Bus.Access;
using EyesonBridge.Tls;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>Where the broker is, and that it has to be who it says it is: both libraries are lenient unless told otherwise.</summary>
internal static class BrokerHost
{
    private const string Tls = "amqps";
    private const int TlsPort = 5671;
    private const int PlainPort = 5672;

    /// <summary>True when the address asks for TLS.</summary>
    public static bool IsTls(Uri url) => string.Equals(url.Scheme, Tls, StringComparison.OrdinalIgnoreCase);

    /// <summary>For MassTransit.</summary>
    public static void ConnectTo(this IRabbitMqBusFactoryConfigurator configurator, BusOptions options, ServerTrust trust)
    {
        var url = new Uri(options.Url);
        configurator.Host(url, host =>
        {
            if (IsTls(url))
            {
                host.UseSsl(ssl =>
                {
                    ssl.ServerName = url.Host;
                    ssl.Protocol = SslProtocols.None; // the newest that both know
                    ssl.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable);
                    ssl.CertificateValidationCallback = trust.Accepts;
                    if (CertificateOf(options) is { } certificate)
                    {
                        ssl.CertificateSelectionCallback = certificate.Selection;
                        ssl.UseCertificateAsAuthenticationIdentity = IsTheUser(url);
                    }
                });
            }
        });
    }

    /// <summary>For the broker's own client.</summary>
    public static ConnectionFactory FactoryFor(BusOptions options, ServerTrust trust)
    {
        var url = new Uri(options.Url);
        var factory = new ConnectionFactory { Uri = url };
        if (!IsTls(url))
            return factory;

        if (url.Port < 0)
            factory.Port = TlsPort;
        factory.Ssl = new SslOption(url.Host, enabled: true)
        {
            Version = SslProtocols.None,
            AcceptablePolicyErrors = SslPolicyErrors.None,
            CertificateValidationCallback = trust.Accepts,
        };
        if (CertificateOf(options) is not { } certificate)
            return factory;

        factory.Ssl.CertificateSelectionCallback = certificate.Selection;
        if (IsTheUser(url))
            factory.AuthMechanisms = [new ExternalMechanismFactory()];
        return factory;
    }

    /// <summary>Host and port.</summary>
    public static string PlaceOf(Uri broker) => $"{broker.Host}:{(broker.Port > 0 ? broker.Port : IsTls(broker) ? TlsPort : PlainPort)}";

    /// <summary>Why the broker cannot be reached, and what to do.</summary>
    public static string Explain(Uri broker, ServerTrust trust, BrokerUnreachableException unreachable)
    {
        var place = PlaceOf(broker);
        if (trust.Problem is { } problem)
            return $"The certificate of the broker at {place} was rejected: {problem}";

        return unreachable.InnerException switch
        {
            AuthenticationFailureException or PossibleAuthenticationFailureException =>
                $"The broker at {place} rejected the user name or password. Correct them in Bus:Url (environment: Bus__Url), or in Bus:Username and Bus:Password.",
            OperationInterruptedException { ShutdownReason.ReplyText: { } text } refused => BrokerRefusal.Explain(broker, refused)
                ?? $"The broker at {place} rejected the connection: {text}. Correct Bus:Url (environment: Bus__Url).",
            _ => $"No broker answers at {place}. Start the broker, or set Bus:Url (environment: Bus__Url) to its address.",
        };
    }

    private static ClientCertificate? CertificateOf(BusOptions options) =>
        string.IsNullOrEmpty(options.ClientCertificateFile) ? null : new ClientCertificate(options.ClientCertificateFile, options.ClientKeyFile);

    private static bool IsTheUser(Uri url) => url.UserInfo.Length == 0;
}
