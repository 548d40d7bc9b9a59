namespace EyesonBridge.Simulator;

/// <summary>The webhook of an API key.</summary>
public sealed class SimulatedWebhook
{
    internal SimulatedWebhook(string apiKey, Uri url, IReadOnlyList<string> types)
    {
        ApiKey = apiKey;
        Url = url;
        Types = types;
    }

    /// <summary>Its id.</summary>
    public string Id { get; } = SimulatedRoom.NewId();

    /// <summary>Where events are sent.</summary>
    public Uri Url { get; }

    /// <summary>Which events.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>When one was last sent.</summary>
    public DateTimeOffset? LastRequestSentAt { get; internal set; }

    /// <summary>What was answered then; null when nothing was.</summary>
    public int? LastResponseCode { get; internal set; }

    internal string ApiKey { get; }
}
