namespace EyesonBridge.Cli.Configuration;

/// <summary>What kind of place a setting comes from.</summary>
internal enum SettingOrigin
{
    /// <summary>Nowhere: the program's own default.</summary>
    Default,

    /// <summary><c>appsettings.json</c>, beside the program.</summary>
    Appsettings,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A file of the secrets directory.</summary>
    File,

    /// <summary>An argument of the command.</summary>
    Argument,
}
