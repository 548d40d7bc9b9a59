using System.Text;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>A meeting that runs now, as <c>GET /rooms</c> lists it.</summary>
public sealed record RunningRoom
{
    /// <summary>The room's id.</summary>
    public string? Id { get; init; }

    /// <summary>The room's name.</summary>
    public string? Name { get; init; }

    /// <summary>True once the meeting can be joined.</summary>
    public bool? Ready { get; init; }

    /// <summary>When the meeting started (UTC).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>True when the meeting is over.</summary>
    public bool? Shutdown { get; init; }

    /// <summary>Lets anybody who has it join as a guest. Secret: <see cref="ToString"/> leaves it out.</summary>
    public string? GuestToken { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, Name = {Name}, Ready = {Ready}, StartedAt = {StartedAt:O}, Shutdown = {Shutdown}");
        return true;
    }
}
