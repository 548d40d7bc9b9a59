using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <content>Recordings and snapshots. Both outlive the meeting and stay available over REST.</content>
public sealed partial class SimulatedRoom
{
    private readonly OrderedDictionary<string, WireRecording> _recordings = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, WireSnapshot> _snapshots = new(StringComparer.Ordinal);
    private WireRecording? _recording;
    private DateTimeOffset _recordingStartedAt;

    /// <summary>The id of the recording that runs, or null.</summary>
    public string? ActiveRecording
    {
        get
        {
            lock (_gate)
                return _recording?.Id;
        }
    }

    /// <summary>A recording starts (<c>recording_update</c> without duration and download).</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException">One is running already.</exception>
    public string StartRecording(string? userId = null)
    {
        lock (_gate)
        {
            EnsureRunning();
            if (_recording is not null)
                throw new InvalidOperationException($"A recording is running in the room '{Id}'.");

            var id = NewId();
            _recordingStartedAt = Now;
            _recording = new WireRecording
            {
                Id = id,
                CreatedAt = _recordingStartedAt.ToUnixTimeSeconds(),
                Duration = null,
                Links = new WireRecordingLinks { Self = new Uri(_simulator.Url, $"recordings/{id}").AbsoluteUri, Download = null },
                User = UserOrFirst(userId),
                Room = DescribeRoom(),
            };
            _simulator.Index.Add(id, this);
            Store(_recording, announce: true);
            return id;
        }
    }

    /// <summary>The recording stops (<c>recording_update</c> with its duration).</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException">None is running.</exception>
    public string StopRecording()
    {
        lock (_gate)
        {
            EnsureRunning();
            return Stop(announce: true);
        }
    }

    /// <summary>
    /// The file of a stopped recording is there (<c>recording_update</c> with its download).
    /// After the end of the meeting no observer is told; only REST and the webhook show it.
    /// </summary>
    /// <param name="recordingId">Which one; the oldest that is stopped and not finished when null.</param>
    /// <exception cref="InvalidOperationException">There is no such recording, or it still runs.</exception>
    public void FinishRecording(string? recordingId = null)
    {
        lock (_gate)
        {
            var recording = _recordings.Values.FirstOrDefault(candidate => recordingId is null
                ? candidate is { Duration: not null, Links.Download: null }
                : string.Equals(candidate.Id, recordingId, StringComparison.Ordinal));
            if (recording?.Duration is null)
                throw new InvalidOperationException($"There is no stopped recording to finish in the room '{Id}'.");

            var finished = recording with
            {
                Links = recording.Links with { Download = Signed($"{recording.Id}.webm") },
                Room = DescribeRoom(),
            };
            Store(finished, announce: !Ended);
        }
    }

    /// <summary>A picture of the meeting is taken (<c>snapshot_update</c> with this one snapshot).</summary>
    /// <returns>Its id.</returns>
    public string TakeSnapshot(string? userId = null)
    {
        lock (_gate)
        {
            EnsureRunning();
            var name = WireJson.Number(Now.ToUnixTimeSeconds());
            var snapshot = new WireSnapshot
            {
                Id = NewId(),
                Name = name,
                Links = new WireSnapshotLinks { Download = Signed($"snapshots/{name}.jpg") },
                Creator = UserOrFirst(userId),
                CreatedAt = WireJson.Time(Now),
                Room = DescribeRoom(),
            };
            _snapshots[snapshot.Id] = snapshot;
            _simulator.Index.Add(snapshot.Id, this);
            Broadcast(WireTypes.SnapshotUpdate, WireJson.Event(WireTypes.SnapshotUpdate, "snapshots", new[] { snapshot }));
            _simulator.Webhooks.Send(ApiKey, WireTypes.SnapshotUpdate, "snapshot", snapshot);
            return snapshot.Id;
        }
    }

    internal IReadOnlyList<WireRecording> ListRecordings()
    {
        lock (_gate)
            return [.. _recordings.Values];
    }

    internal IReadOnlyList<WireSnapshot> ListSnapshots()
    {
        lock (_gate)
            return [.. _snapshots.Values];
    }

    private string Stop(bool announce)
    {
        var running = _recording ?? throw new InvalidOperationException($"No recording is running in the room '{Id}'.");
        _recording = null;
        var seconds = Math.Max(1, (long)Math.Round((Now - _recordingStartedAt).TotalSeconds));
        Store(running with { Duration = seconds, Room = DescribeRoom() }, announce);
        return running.Id;
    }

    private void Store(WireRecording recording, bool announce)
    {
        _recordings[recording.Id] = recording;
        if (announce)
            Broadcast(WireTypes.RecordingUpdate, WireJson.Event(WireTypes.RecordingUpdate, "recording", recording));
        _simulator.Webhooks.Send(ApiKey, WireTypes.RecordingUpdate, "recording", recording);
    }
}
