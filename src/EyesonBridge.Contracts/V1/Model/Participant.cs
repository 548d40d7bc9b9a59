namespace EyesonBridge.Contracts.V1;

/// <summary>Somebody who takes part in a meeting.</summary>
public sealed record Participant
{
    /// <summary>Id of the user as the integrator gave it, often an e-mail address (wire: <c>participant.id</c>).</summary>
    public required string Id { get; init; }

    /// <summary>Display name (wire: <c>name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>URL of the avatar picture (wire: <c>avatar</c>).</summary>
    public string? Avatar { get; init; }

    /// <summary>True for somebody who joined through a guest link (wire: <c>guest</c>).</summary>
    public required bool IsGuest { get; init; }
}
