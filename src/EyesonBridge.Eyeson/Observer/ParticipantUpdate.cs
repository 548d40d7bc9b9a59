namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>participant_update</c>: someone joined or left, as <see cref="User.Online"/> says.</summary>
public sealed record ParticipantUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.ParticipantUpdate;

    /// <summary>Who joined or left.</summary>
    public User? Participant { get; init; }
}
