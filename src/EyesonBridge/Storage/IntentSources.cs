namespace EyesonBridge.Storage;

/// <summary>What can want a room observed.</summary>
internal static class IntentSources
{
    public const string Command = "command";
}
