namespace EyesonBridge.Contracts.V1;

/// <summary>A screen or file that somebody presents.</summary>
public sealed record Presentation
{
    /// <summary>Who presents (wire: <c>presentation.user</c>).</summary>
    public MeetingUser? PresentedBy { get; init; }
}
