namespace EyesonBridge.Contracts.V1;

/// <summary>Asks for access to a running meeting as a guest.</summary>
/// <remarks>Answered by <see cref="GuestUserCreated"/> or <see cref="CommandRejected"/>. Send it as a request: nobody else receives the access key.</remarks>
public sealed record RequestGuestUser
{
    /// <summary>The guest token of the meeting or permalink. A secret.</summary>
    public required string GuestToken { get; init; }

    /// <summary>Display name of the guest.</summary>
    public required string Name { get; init; }

    /// <summary>E-mail address of the guest.</summary>
    public string? Email { get; init; }

    /// <summary>Language of the meeting's user interface for the guest, such as <c>de</c>.</summary>
    public string? Locale { get; init; }
}
