namespace EyesonBridge.Simulator;

/// <summary>How the simulator behaves.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Where to listen. Port 0 takes a free one. Default <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>The API keys that are accepted. Default <c>demo-key</c> alone. A room belongs to the first unless told otherwise.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = ["demo-key"];

    /// <summary>The clock of meetings, pings and delays.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Time between two pings. Default 3 s, as Rails and AnyCable.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Sends <c>room_update</c> before <c>confirm_subscription</c>, as a Rails server does. Default true.</summary>
    public bool StateBeforeConfirmation { get; init; } = true;

    /// <summary>Time between the last frame (<c>shutdown: true</c> or a <c>disconnect</c>) and the close frame. Default zero.</summary>
    public TimeSpan DisconnectDelay { get; init; }

    /// <summary>How many frames may wait for one observer before it counts as too slow and is disconnected. Default 10,000.</summary>
    public int SendQueueCapacity { get; init; } = 10_000;

    /// <summary>
    /// Also speaks AnyCable's extended protocol <c>actioncable-v1-ext-json</c>: sessions that can be restored, and a
    /// history of the last 100 events and 300 s. Default false, as a Rails server.
    /// </summary>
    public bool Extended { get; init; }
}
