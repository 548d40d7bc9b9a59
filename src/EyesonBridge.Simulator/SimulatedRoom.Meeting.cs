using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <content>The room itself: layout, lock, live streams, playbacks, and the end.</content>
public sealed partial class SimulatedRoom
{
    private WireOptions _options = new();
    private IReadOnlyList<WireBroadcast> _broadcasts = [];
    private IReadOnlyList<SimulatedPlayback> _playbacks = [];

    /// <summary>The room becomes ready, or stops being so (<c>room_update</c>).</summary>
    public void SetReady(bool ready)
    {
        lock (_gate)
        {
            EnsureRunning();
            Ready = ready;
            Broadcast(WireTypes.RoomUpdate, DescribeState());
            AnnounceState();
        }
    }

    /// <summary>The layout changes (<c>options_update</c>).</summary>
    public void SetLayout(SimulatedLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        lock (_gate)
        {
            EnsureRunning();
            _options = _options with
            {
                Layout = layout.Layout ?? _options.Layout,
                LayoutUsers = layout.LayoutUsers ?? _options.LayoutUsers,
                LayoutName = layout.LayoutName ?? _options.LayoutName,
                LayoutMap = layout.LayoutMap?.DeepClone() ?? _options.LayoutMap,
                VoiceActivation = layout.VoiceActivation ?? _options.VoiceActivation,
                ShowNames = layout.ShowNames ?? _options.ShowNames,
            };
            Broadcast(WireTypes.OptionsUpdate, WireJson.Event(WireTypes.OptionsUpdate, "options", _options));
        }
    }

    /// <summary>The room is locked (<c>lock</c>).</summary>
    public void Lock() => SetLocked(true);

    /// <summary>The room is open again (<c>lock</c> with false).</summary>
    public void Unlock() => SetLocked(false);

    /// <summary>A live stream starts (<c>broadcasts_update</c> with the whole list). The platform is its id.</summary>
    public void StartBroadcast(string platform = "generic", string playerUrl = "", string? userId = null)
    {
        lock (_gate)
        {
            EnsureRunning();
            var broadcast = new WireBroadcast
            {
                Id = platform,
                Platform = platform,
                PlayerUrl = playerUrl,
                User = UserOrFirst(userId),
                Room = DescribeRoom(),
            };
            SetBroadcasts([.. Without(platform), broadcast]);
        }
    }

    /// <summary>A live stream ends (<c>broadcasts_update</c> with what is left).</summary>
    public void StopBroadcast(string platform = "generic")
    {
        lock (_gate)
        {
            EnsureRunning();
            SetBroadcasts([.. Without(platform)]);
        }
    }

    /// <summary>A playback starts (<c>playback_update</c> with the whole list).</summary>
    public void StartPlayback(SimulatedPlayback playback)
    {
        ArgumentNullException.ThrowIfNull(playback);
        lock (_gate)
        {
            EnsureRunning();
            SetPlaybacks([.. _playbacks.Where(other => !Same(other.PlayId, playback.PlayId)), playback]);
        }
    }

    /// <summary>A playback ends (<c>playback_update</c> with what is left).</summary>
    public void StopPlayback(string playId)
    {
        lock (_gate)
        {
            EnsureRunning();
            SetPlaybacks([.. _playbacks.Where(playback => !Same(playback.PlayId, playId))]);
        }
    }

    /// <summary>
    /// The meeting ends: <c>room_update</c> with <c>shutdown: true</c>, then the sockets are closed. A recording that
    /// runs is stopped without a word; it can still be finished, which only REST shows. From then on the room is
    /// missing from <c>GET /rooms</c>, and observers are unauthorized.
    /// </summary>
    public void Shutdown()
    {
        lock (_gate)
        {
            EnsureRunning();
            Ended = true;
            if (_recording is not null)
                Stop(announce: false);
            _presentation = null;
            _broadcasts = [];
            _playbacks = [];
            Broadcast(WireTypes.RoomUpdate, DescribeState());
            AnnounceState();
        }

        foreach (var socket in TakeSockets())
            socket.Finish();
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private IEnumerable<WireBroadcast> Without(string platform) =>
        _broadcasts.Where(broadcast => !Same(broadcast.Id, platform));

    private void SetBroadcasts(IReadOnlyList<WireBroadcast> broadcasts)
    {
        _broadcasts = broadcasts;
        Broadcast(WireTypes.BroadcastsUpdate, WireJson.Event(WireTypes.BroadcastsUpdate, "broadcasts", broadcasts));
    }

    private void SetPlaybacks(IReadOnlyList<SimulatedPlayback> playbacks)
    {
        _playbacks = playbacks;
        Broadcast(WireTypes.PlaybackUpdate, WireJson.Event(WireTypes.PlaybackUpdate, "playing", playbacks));
    }

    private void SetLocked(bool locked)
    {
        lock (_gate)
        {
            EnsureRunning();
            Locked = locked;
            Broadcast(WireTypes.Lock, WireJson.Event(WireTypes.Lock, "locked", locked));
        }
    }
}
