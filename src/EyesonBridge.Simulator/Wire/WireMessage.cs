namespace EyesonBridge.Simulator.Wire;

/// <summary>A <c>chat</c> or <c>custom</c> event.</summary>
internal sealed record WireMessage
{
    public required string Type { get; init; }

    public required string Content { get; init; }

    public required string Cid { get; init; }

    public required string UserId { get; init; }

    public required string CreatedAt { get; init; }
}
