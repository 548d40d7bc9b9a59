using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EyesonBridge.Tls;

/// <summary>
/// Decides whether a server is who it should be: its certificate has to be of a trusted authority, valid, and for the
/// host that was asked. What is wrong is logged once, in words that say what to do.
/// </summary>
/// <param name="server">Who it is, for people: the broker, or Eyeson.</param>
/// <param name="setting">The setting that names the file, such as <c>Bus:CaFile</c>.</param>
/// <param name="caFile">
/// A PEM file with the authorities to trust, and no others; null trusts those of the system. Read at each connection, so
/// that it can be replaced.
/// </param>
/// <param name="logger">Logger.</param>
internal sealed class ServerTrust(string server, string setting, string? caFile, ILogger logger)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private string? _problem;

    /// <summary>Why the server's certificate was rejected the last time; null when it was accepted.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>The check, as TLS streams call it.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var problem = ProblemOf(certificate as X509Certificate2, chain, errors);
        var former = Interlocked.Exchange(ref _problem, problem);
        if (problem is not null && !string.Equals(problem, former, StringComparison.Ordinal))
            logger.CertificateRefused(server, problem);
        else if (problem is null && former is not null)
            logger.CertificateAccepted(server);
        return problem is null;
    }

    private string? ProblemOf(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "no certificate was presented.";

        var problem = string.IsNullOrEmpty(caFile) ? SystemProblem(certificate, chain, errors) : OwnProblem(certificate, chain);
        if (problem is not null)
            return problem;

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"it was issued for {CertificateNames.Of(certificate)}, not for the host name used to connect. Connect by one of those names, or install a certificate for that host name."
            : null;
    }

    private string? SystemProblem(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? Describe(certificate, chain?.ChainStatus ?? []) : null;

    /// <summary>The chain once more, with the given authorities only.</summary>
    private string? OwnProblem(X509Certificate2 certificate, X509Chain? shown)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(caFile!);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // as with the authorities of the system
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
            foreach (var element in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            return chain.Build(certificate) ? null : Describe(certificate, chain.ChainStatus);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"{setting} cannot be read ({error.GetType().Name}). Set it to a PEM file with the authority's certificate.";
        }
        finally
        {
            foreach (var authority in authorities)
                authority.Dispose();
        }
    }

    private string Describe(X509Certificate2 certificate, X509ChainStatus[] statuses)
    {
        var all = statuses.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
        if (all.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return $"it is valid from {certificate.NotBefore.ToUniversalTime():O} to {certificate.NotAfter.ToUniversalTime():O}, and it or a certificate in its chain is not valid now. Renew that certificate, or correct the clock.";

        const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
        if ((all & Untrusted) == X509ChainStatusFlags.NoError)
            return $"it is not valid for a server ({all}).";

        return string.IsNullOrEmpty(caFile)
            ? $"it was issued by '{certificate.Issuer}', which this system does not trust. Set {setting} to a PEM file with that authority's certificate."
            : $"it was issued by '{certificate.Issuer}', which is not among the authorities in the file that {setting} names. Add that authority's certificate to the file.";
    }
}
