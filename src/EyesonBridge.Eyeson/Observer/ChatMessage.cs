namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>chat</c>: a message in the meeting's chat.</summary>
public sealed record ChatMessage : MeetingMessage
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.Chat;
}
