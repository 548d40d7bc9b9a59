using System.Text;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>A permanent meeting link, under which one meeting after another takes place.</summary>
public sealed record Permalink
{
    /// <summary>The permalink's id, for calls with the API key. By itself it gives no access.</summary>
    public string? Id { get; init; }

    /// <summary>The name; where it is missing, the room has one.</summary>
    public string? Name { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Until when it can be used (UTC); null means forever.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Lets anybody who has it ask for a seat as a guest. Secret: <see cref="ToString"/> leaves it out.</summary>
    public string? GuestToken { get; init; }

    /// <summary>
    /// Lets a host start the meeting; only in the answers that make one (create, add a user). Secret: <see cref="ToString"/>
    /// leaves it out.
    /// </summary>
    public string? UserToken { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, Name = {Name}, CreatedAt = {CreatedAt:O}, ExpiresAt = {ExpiresAt:O}");
        return true;
    }
}
