using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EyesonBridge.Tls;

/// <summary>The certificate by which the bridge shows a server who it is. Read at each connection, so that it can be replaced.</summary>
/// <param name="certificateFile">A PEM file with the certificate, and with those of authorities between.</param>
/// <param name="keyFile">A PEM file with its key; null when the key is in the same file.</param>
internal sealed class ClientCertificate(string certificateFile, string? keyFile)
{
    /// <summary>The choice, as TLS streams ask for it.</summary>
    public LocalCertificateSelectionCallback Selection => (_, _, _, _, _) => Load();

    /// <summary>Null when the files are fine, otherwise what is wrong with them.</summary>
    public static string? Problem(string setting, string certificateFile, string? keyFile)
    {
        try
        {
            using var certificate = new ClientCertificate(certificateFile, keyFile).Load();
            return null;
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return error is FileNotFoundException or DirectoryNotFoundException
                ? $"{setting}: a file that it names does not exist."
                : $"{setting}: the certificate and its key cannot be read as PEM ({error.GetType().Name}).";
        }
    }

    private X509Certificate2 Load() =>
        X509Certificate2.CreateFromPemFile(certificateFile, string.IsNullOrEmpty(keyFile) ? null : keyFile);
}
