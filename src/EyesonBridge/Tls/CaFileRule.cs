using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EyesonBridge.Tls;

/// <summary>What a file with authorities has to be: PEM, with at least one certificate.</summary>
internal static class CaFileRule
{
    /// <summary>Null when the file is fine or none is named, otherwise what is wrong.</summary>
    public static string? Problem(string setting, string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0 ? null : $"{setting}: the file '{path}' contains no PEM certificate.";
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return error is FileNotFoundException or DirectoryNotFoundException
                ? $"{setting}: the file '{path}' does not exist."
                : $"{setting}: the file '{path}' cannot be read as PEM certificates ({error.GetType().Name}).";
        }
    }
}
