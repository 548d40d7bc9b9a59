using Microsoft.Extensions.FileProviders;

namespace EyesonBridge.Hosting;

/// <summary>
/// Settings from files, such as a mounted secret: in the folder that an environment variable names, each file is a setting
/// (<c>Bus__Url</c>), and its text the value. They win over the environment.
/// </summary>
internal static class SecretsDirectory
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "EYESONBRIDGE_SECRETS_DIRECTORY";

    private const string AccountPrefix = "Eyeson__Accounts__";
    private const string KeySuffix = "__ApiKey";

    /// <summary>Adds the files of the folder, if one is named.</summary>
    /// <remarks>
    /// API keys are taken as <c>ApiKeyFile</c>: so they are read again when they change. Everything else counts from the
    /// start of the process.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist; the message says what to do.</exception>
    public static IConfigurationBuilder AddSecretsDirectory(this IConfigurationBuilder configuration) =>
        configuration.AddSecretsDirectory(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Adds the files of a folder; null or empty for none.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder, or a file in it, cannot be read.</exception>
    public static IConfigurationBuilder AddSecretsDirectory(this IConfigurationBuilder configuration, string? folder)
    {
        if (string.IsNullOrEmpty(folder))
            return configuration;

        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{Variable}: the folder '{folder}' does not exist. Mount it, or unset the variable.");

        var path = Path.GetFullPath(folder);
        configuration.AddKeyPerFile(files =>
        {
            files.FileProvider = new PhysicalFileProvider(path);
            files.Optional = true;
            files.IgnoreCondition = IsApiKey;
        });
        return configuration.AddInMemoryCollection(Directory.EnumerateFiles(path)
            .Select(file => (Name: Path.GetFileName(file), Path: file))
            .Where(file => IsApiKey(file.Name))
            .Select(file => (Setting: file.Name.Replace("__", ":", StringComparison.Ordinal), file.Path))
            .SelectMany(key => (KeyValuePair<string, string?>[])[new($"{key.Setting}File", key.Path), new(key.Setting, null)])); // the file wins
    }

    /// <summary>The file that a setting is from.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="setting">Name of the setting, such as <c>Bus:Url</c>.</param>
    public static string FileOf(string folder, string setting)
    {
        var file = setting.Replace(":", "__", StringComparison.Ordinal);
        return Path.Combine(folder, IsApiKey(file[..^Math.Min("File".Length, file.Length)]) ? file[..^"File".Length] : file);
    }

    private static bool IsApiKey(string file) =>
        file.StartsWith(AccountPrefix, StringComparison.OrdinalIgnoreCase) && file.EndsWith(KeySuffix, StringComparison.OrdinalIgnoreCase);
}
