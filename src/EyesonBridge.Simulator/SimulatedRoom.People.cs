using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <content>Participants and what they say and show.</content>
public sealed partial class SimulatedRoom
{
    private readonly OrderedDictionary<string, SimulatedPerson> _people = new(StringComparer.Ordinal);
    private WirePresentation? _presentation;

    /// <summary>The ids of the participants who are in the meeting now, in the order in which they first came.</summary>
    public IReadOnlyList<string> Participants
    {
        get
        {
            lock (_gate)
                return [.. _people.Values.Where(static person => person.Online).Select(static person => person.Participant.Id)];
        }
    }

    /// <summary>A participant comes (<c>participant_update</c>). For one who is there already the event is only repeated.</summary>
    public void Join(SimulatedUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        lock (_gate)
        {
            EnsureRunning();
            var joinedAt = _people.TryGetValue(user.Id, out var known) && known.Online ? known.JoinedAt : Now;
            Change(new SimulatedPerson(
                new WireParticipant
                {
                    Id = user.Id,
                    RoomId = Id,
                    Name = user.Name,
                    Avatar = user.Avatar,
                    Guest = user.Guest,
                    Online = true,
                },
                joinedAt));
        }
    }

    /// <summary>A participant goes (<c>participant_update</c>).</summary>
    /// <exception cref="ArgumentException">Nobody with this id has ever been there.</exception>
    public void Leave(string userId)
    {
        lock (_gate)
        {
            EnsureRunning();
            var person = Find(userId);
            Change(person with { Participant = person.Participant with { Online = false } });
        }
    }

    /// <summary>Somebody writes (<c>chat</c>).</summary>
    public void Chat(string content, string userId) => Message(WireTypes.Chat, content, userId);

    /// <summary>A message that no user interface shows (<c>custom</c>).</summary>
    public void Custom(string content, string userId) => Message(WireTypes.Custom, content, userId);

    /// <summary>A participant shows a screen or a file (<c>presentation_update</c>).</summary>
    /// <exception cref="ArgumentException">Nobody with this id has ever been there.</exception>
    public void StartPresentation(string userId)
    {
        lock (_gate)
        {
            EnsureRunning();
            _presentation = new WirePresentation { Room = DescribeRoom(), User = Find(userId).AsUser() };
            Broadcast(WireTypes.PresentationUpdate, WireJson.Event(WireTypes.PresentationUpdate, "presentation", _presentation));
        }
    }

    /// <summary>The presentation is over (<c>presentation_update</c> with null).</summary>
    public void StopPresentation()
    {
        lock (_gate)
        {
            EnsureRunning();
            _presentation = null;
            Broadcast(WireTypes.PresentationUpdate, WireJson.Event<WirePresentation?>(WireTypes.PresentationUpdate, "presentation", null));
        }
    }

    /// <summary>The picture of the meeting is arranged anew (<c>podium_update</c>).</summary>
    public void SetPodium(IReadOnlyList<SimulatedPodiumSegment> podium, IReadOnlyList<SimulatedLayer>? layers = null)
    {
        lock (_gate)
        {
            EnsureRunning();
            Broadcast(WireTypes.PodiumUpdate, WireJson.Bytes(new WirePodium { Podium = podium, Layers = layers ?? [] }));
        }
    }

    /// <summary>Who is there now, or everyone who ever was.</summary>
    internal IReadOnlyList<WireParticipant> ListUsers(bool onlineOnly)
    {
        lock (_gate)
            return [.. _people.Values.Where(person => person.Online || !onlineOnly).Select(static person => person.Participant)];
    }

    private void Message(string type, string content, string userId)
    {
        lock (_gate)
        {
            EnsureRunning();
            Broadcast(type, WireJson.Bytes(new WireMessage
            {
                Type = type,
                Content = content,
                Cid = _clientId,
                UserId = userId,
                CreatedAt = WireJson.Time(Now),
            }));
        }
    }

    private void Change(SimulatedPerson person)
    {
        _people[person.Participant.Id] = person;
        Broadcast(WireTypes.ParticipantUpdate, WireJson.Event(WireTypes.ParticipantUpdate, "participant", person.Participant));
    }

    private SimulatedPerson Find(string userId) => _people.TryGetValue(userId, out var person)
        ? person
        : throw new ArgumentException($"Nobody with the id '{userId}' has been in the room '{Id}'.", nameof(userId));

    /// <summary>The named user, or the first who is there, or null as for what the API started.</summary>
    private WireUser? UserOrFirst(string? userId) => userId is not null
        ? Find(userId).AsUser()
        : _people.Values.FirstOrDefault(static person => person.Online)?.AsUser();
}
