using EyesonBridge.Tls;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Bus;

/// <summary>Finds every mistake in the section <c>Bus</c>. The address is never repeated: it holds a password.</summary>
internal sealed class BusOptionsValidator : IValidateOptions<BusOptions>
{
    public ValidateOptionsResult Validate(string? name, BusOptions options)
    {
        var problems = new List<string>();
        if (!Enum.IsDefined(options.Transport))
            problems.Add("Bus:Transport must be RabbitMq or InMemory.");
        if (options.Transport == BusTransport.RabbitMq
            && (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("amqp" or "amqps") || url.Host.Length == 0))
        {
            problems.Add("Bus:Url must be an address such as amqp://user:password@host:5672/vhost, or amqps:// for TLS.");
        }

        if (BrokerCredentials.Problem(options) is { } credentialsProblem)
            problems.Add(credentialsProblem);
        if (string.IsNullOrWhiteSpace(options.ControlQueue) || options.ControlQueue.Any(c => char.IsWhiteSpace(c) || c is '/' or '?'))
            problems.Add("Bus:ControlQueue must be a queue name without white space, '/' or '?'.");
        if (CaFileRule.Problem("Bus:CaFile", options.CaFile) is { } caProblem)
            problems.Add(caProblem);
        if (CertificateProblem(options) is { } certificateProblem)
            problems.Add(certificateProblem);
        if (options.PublishTimeout < TimeSpan.FromSeconds(1) || options.PublishTimeout > TimeSpan.FromMinutes(5))
            problems.Add("Bus:PublishTimeout must be from 00:00:01 to 00:05:00.");
        if (options.KeepFailedCommands < TimeSpan.FromSeconds(1) || options.KeepFailedCommands > TimeSpan.FromDays(30))
            problems.Add("Bus:KeepFailedCommands must be from 00:00:01 to 30.00:00:00.");

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? CertificateProblem(BusOptions options)
    {
        if (string.IsNullOrEmpty(options.ClientCertificateFile))
            return string.IsNullOrEmpty(options.ClientKeyFile) ? null : "Bus:ClientKeyFile needs Bus:ClientCertificateFile.";

        return Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && !BrokerHost.IsTls(url)
            ? "Bus:ClientCertificateFile needs an amqps address in Bus:Url."
            : ClientCertificate.Problem("Bus:ClientCertificateFile", options.ClientCertificateFile, options.ClientKeyFile);
    }
}
