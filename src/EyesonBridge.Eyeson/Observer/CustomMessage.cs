namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>custom</c>: a message between applications, which the meeting's chat does not show.</summary>
public sealed record CustomMessage : MeetingMessage
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.Custom;
}
