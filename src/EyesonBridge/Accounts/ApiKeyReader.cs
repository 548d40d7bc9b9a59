using System.Diagnostics.CodeAnalysis;

namespace EyesonBridge.Accounts;

/// <summary>Reads an account's API key from wherever the settings say it is.</summary>
internal static class ApiKeyReader
{
    /// <summary>True with the key, or false with what is wrong; that never contains the key.</summary>
    public static bool TryRead(AccountOptions settings, [NotNullWhen(true)] out string? apiKey, [NotNullWhen(false)] out string? problem)
    {
        apiKey = null;
        problem = null;
        if (!string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            apiKey = settings.ApiKey.Trim();
            return true;
        }

        var path = settings.ApiKeyFile;
        try
        {
            apiKey = File.ReadAllText(path ?? "").Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = error is FileNotFoundException or DirectoryNotFoundException
                ? $"the file '{path}' does not exist."
                : $"the file '{path}' cannot be read ({error.GetType().Name}).";
            return false;
        }

        if (apiKey.Length > 0)
            return true;

        apiKey = null;
        problem = $"the file '{path}' is empty.";
        return false;
    }
}
