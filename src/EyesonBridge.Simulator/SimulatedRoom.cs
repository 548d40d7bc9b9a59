using System.Security.Cryptography;
using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <summary>
/// One meeting. Each action changes the state and sends the event that Eyeson would send; all of them may be
/// called from any thread. After <see cref="Shutdown"/> only <see cref="FinishRecording"/> is allowed.
/// </summary>
public sealed partial class SimulatedRoom
{
    private const string TokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Lock _gate = new();
    private readonly EyesonSimulator _simulator;
    private readonly string _meetingFolder = NewId();
    private readonly string _clientId = NewId();

    internal SimulatedRoom(
        EyesonSimulator simulator, string id, string name, DateTimeOffset startedAt, string apiKey, string? guestToken = null)
    {
        _simulator = simulator;
        Id = id;
        Name = name;
        StartedAt = startedAt;
        ApiKey = apiKey;
        GuestToken = guestToken ?? NewToken();
        IsOfPermalink = guestToken is not null;
    }

    /// <summary>The room id.</summary>
    public string Id { get; }

    /// <summary>The room's name.</summary>
    public string Name { get; }

    /// <summary>When this meeting started. Together with the id it tells meetings in the same room apart.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Whether the room is ready.</summary>
    public bool Ready { get; private set; } = true;

    /// <summary>Whether the room is locked.</summary>
    public bool Locked { get; private set; }

    /// <summary>Whether the meeting has ended.</summary>
    public bool Ended { get; private set; }

    /// <summary>What goes wrong for this room.</summary>
    public SimulatorFaults Faults { get; } = new();

    /// <summary>Lets guests join. A permalink's meetings all have the permalink's.</summary>
    public string GuestToken { get; }

    internal string ApiKey { get; }

    /// <summary>Whether the guest token is a permalink's, and goes with it.</summary>
    internal bool IsOfPermalink { get; }

    internal WireRoom Described
    {
        get
        {
            lock (_gate)
                return DescribeRoom();
        }
    }

    internal TimeProvider Clock => _simulator.Options.TimeProvider;

    private DateTimeOffset Now => Clock.GetUtcNow();

    internal static string NewToken() => RandomNumberGenerator.GetString(TokenAlphabet, 24);

    internal static string NewId() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>What Eyeson's signed download addresses look like; the host does not exist.</summary>
    private string Signed(string path) =>
        $"https://fs.eyeson.test/meetings/{_meetingFolder}/{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600&X-Amz-Signature={RandomNumberGenerator.GetHexString(64, lowercase: true)}";

    private WireRoom DescribeRoom() => new()
    {
        Id = Id,
        Name = Name,
        Ready = Ready,
        StartedAt = WireJson.Time(StartedAt),
        Shutdown = Ended,
        GuestToken = GuestToken,
    };

    private byte[] DescribeState() => WireJson.Event(WireTypes.RoomUpdate, "content", DescribeContent());

    private WireContent DescribeContent() => new()
    {
        Id = Id,
        Name = Name,
        Ready = Ready,
        StartedAt = WireJson.Time(StartedAt),
        Shutdown = Ended,
        GuestToken = GuestToken,
        Options = _options,
        Participants = [.. _people.Values.Where(static person => person.Online).Select(static person => person.Participant)],
        Playbacks = _playbacks,
        Presentation = _presentation,
        Broadcasts = _broadcasts,
        Recording = _recording,
    };

    private void EnsureRunning()
    {
        if (Ended)
            throw new InvalidOperationException($"The meeting in the room '{Id}' has ended.");
    }
}
