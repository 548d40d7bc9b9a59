namespace EyesonBridge.Storage;

/// <summary>What can want a room observed.</summary>
internal static class IntentSources
{
    public const string Command = "command";

    public const string Discovery = "discovery";

    public const string Webhook = "webhook";

    /// <summary>One of several permalinks can lead to a room; which one, its id tells.</summary>
    public static string Permalink(string permalinkId) => $"permalink:{permalinkId}";

    /// <summary>True of what registers rooms of its own accord, so that a command must be able to overrule it.</summary>
    public static bool IsAutomatic(string source) => source is Discovery or Webhook;
}
