namespace EyesonBridge.Testing.Processes;

/// <summary>The environment of a worker under test.</summary>
internal static class BridgeSettings
{
    /// <summary>Settings for a worker that observes <paramref name="eyeson"/> with <paramref name="apiKey"/>, and reconnects at once.</summary>
    public static Dictionary<string, string> For(Uri eyeson, string apiKey, Uri broker, string controlQueue, string storeFile) => new(StringComparer.Ordinal)
    {
        ["Eyeson__Url"] = eyeson.ToString(),
        ["Eyeson__Accounts__default__ApiKey"] = apiKey,
        ["Bus__Url"] = broker.ToString(),
        ["Bus__ControlQueue"] = controlQueue,
        ["Store__ConnectionString"] = $"Data Source={storeFile}",
        ["Management__Url"] = "http://127.0.0.1:0",
        ["Observer__ReconnectWithin"] = "00:00:00.2",
        ["Observer__ReconnectWithinAtMost"] = "00:00:01",
        ["Observer__WaitInterval"] = "00:00:00.5",
    };

    /// <summary>What the command line needs: the broker and the queue, and not a word about Eyeson.</summary>
    public static Dictionary<string, string> ForCommands(Uri broker, string controlQueue) => new(StringComparer.Ordinal)
    {
        ["Bus__Url"] = broker.ToString(),
        ["Bus__ControlQueue"] = controlQueue,
    };
}
