using System.Collections.Frozen;

namespace EyesonBridge.Simulator.Control;

/// <summary>What <c>POST /simulator/rooms/:id/:action</c> can do.</summary>
internal sealed class RoomActions
{
    private readonly FrozenDictionary<string, Func<SimulatedRoom, HttpRequest, Task<object>>> _actions;

    public RoomActions(EyesonSimulator simulator)
    {
        var actions = new Dictionary<string, Func<SimulatedRoom, HttpRequest, Task<object>>>(StringComparer.Ordinal);
        AddPeople();
        AddMedia();
        AddMeeting();
        AddWire();
        _actions = actions.ToFrozenDictionary(StringComparer.Ordinal);

        void AddPeople()
        {
            Do<SimulatedUser>("join", static (room, user) => room.Join(user));
            Do<PersonBody>("leave", static (room, body) => room.Leave(body.UserId));
            Do<MessageBody>("chat", static (room, body) => room.Chat(body.Content, body.UserId));
            Do<MessageBody>("custom", static (room, body) => room.Custom(body.Content, body.UserId));
            Do<PersonBody>("start-presentation", static (room, body) => room.StartPresentation(body.UserId));
            Do<EmptyBody>("stop-presentation", static (room, _) => room.StopPresentation());
            Do<PodiumBody>("podium", static (room, body) => room.SetPodium(body.Podium, body.Layers));
        }

        void AddMedia()
        {
            Get<UserBody>("start-recording", static (room, body) => new { id = room.StartRecording(body.UserId) });
            Get<EmptyBody>("stop-recording", static (room, _) => new { id = room.StopRecording() });
            Do<RecordingBody>("finish-recording", static (room, body) => room.FinishRecording(body.Id));
            Get<UserBody>("snapshot", static (room, body) => new { id = room.TakeSnapshot(body.UserId) });
            Do<BroadcastBody>("start-broadcast", static (room, body) => room.StartBroadcast(body.Platform, body.PlayerUrl, body.UserId));
            Do<BroadcastBody>("stop-broadcast", static (room, body) => room.StopBroadcast(body.Platform));
            Do<SimulatedPlayback>("start-playback", static (room, playback) => room.StartPlayback(playback));
            Do<PlaybackBody>("stop-playback", static (room, body) => room.StopPlayback(body.PlayId));
        }

        void AddMeeting()
        {
            Do<ReadyBody>("ready", static (room, body) => room.SetReady(body.Ready));
            Do<SimulatedLayout>("layout", static (room, layout) => room.SetLayout(layout));
            Do<EmptyBody>("lock", static (room, _) => room.Lock());
            Do<EmptyBody>("unlock", static (room, _) => room.Unlock());
            Do<EmptyBody>("shutdown", static (room, _) => room.Shutdown());
            Get<ScriptBody>("script", (room, body) => StartScript(simulator, room, body));
        }

        void AddWire()
        {
            Do<RawBody>("raw", static (room, body) => room.SendRaw(body.Bytes()));
            Do<RawBody>("frame", static (room, body) => room.SendFrame(body.Bytes(), body.Fragments));
            Get<DropBody>("drop", static (room, body) => new { dropped = room.Drop(body.By) });
            Get<DisconnectBody>("disconnect", static (room, body) => new { disconnected = room.Disconnect(body.Reason, body.Reconnect) });
        }

        void Do<T>(string name, Action<SimulatedRoom, T> act) => Get<T>(name, (room, body) =>
        {
            act(room, body);
            return new { sent = room.Sent.Count };
        });

        void Get<T>(string name, Func<SimulatedRoom, T, object> act) =>
            actions[name] = async (room, request) => act(room, await ControlBody.ReadAsync<T>(request));
    }

    /// <exception cref="KeyNotFoundException">There is no such action.</exception>
    public Task<object> RunAsync(SimulatedRoom room, string action, HttpRequest request) =>
        _actions.TryGetValue(action, out var run)
            ? run(room, request)
            : throw new KeyNotFoundException(
                $"There is no action '{action}'; there are {string.Join(", ", _actions.Keys.Order(StringComparer.Ordinal))}.");

    private static object StartScript(EyesonSimulator simulator, SimulatedRoom room, ScriptBody body)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(body.Speed, nameof(body));
        var options = new ScriptedMeetingOptions
        {
            Speed = body.Speed,
            WaitForObservers = body.WaitForObservers,
            LateRecording = body.LateRecording,
        };
        simulator.StartScript(room, options);
        return new { sends = ScriptedMeeting.StepsFor(options).Select(static step => step.WireType) };
    }

    /// <summary>Body of an action that needs to know who.</summary>
    private sealed record PersonBody(string UserId);

    /// <summary>Body of <c>chat</c> and <c>custom</c>.</summary>
    private sealed record MessageBody(string Content, string UserId);

    /// <summary>Body of <c>podium</c>.</summary>
    private sealed record PodiumBody(IReadOnlyList<SimulatedPodiumSegment> Podium, IReadOnlyList<SimulatedLayer>? Layers = null);

    /// <summary>Body of an action by a user; null is the first who is there.</summary>
    private sealed record UserBody(string? UserId = null);

    /// <summary>Body of <c>finish-recording</c>; null is the oldest that is stopped and not finished.</summary>
    private sealed record RecordingBody(string? Id = null);

    /// <summary>Body of <c>start-broadcast</c> and <c>stop-broadcast</c>.</summary>
    private sealed record BroadcastBody(string Platform = "generic", string PlayerUrl = "", string? UserId = null);

    /// <summary>Body of <c>stop-playback</c>.</summary>
    private sealed record PlaybackBody(string PlayId);

    /// <summary>Body of <c>ready</c>.</summary>
    private sealed record ReadyBody(bool Ready = true);

    /// <summary>Body of <c>script</c>.</summary>
    private sealed record ScriptBody(double Speed = 1, int WaitForObservers = 0, bool LateRecording = false);
}
