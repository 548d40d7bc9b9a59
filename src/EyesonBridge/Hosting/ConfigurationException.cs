namespace EyesonBridge.Hosting;

/// <summary>The settings are wrong.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Each mistake, naming its setting.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
