using System.Security.Cryptography.X509Certificates;

namespace EyesonBridge.Tls;

/// <summary>For whom a certificate is.</summary>
internal static class CertificateNames
{
    /// <summary>The hosts and addresses that it names, for people.</summary>
    public static string Of(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        List<string> names =
        [
            .. alternatives?.EnumerateDnsNames() ?? [],
            .. alternatives?.EnumerateIPAddresses().Select(address => address.ToString()) ?? [],
        ];
        return names.Count > 0 ? string.Join(", ", names) : $"'{certificate.Subject}'";
    }
}
