using System.Text;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Who wants to join as a guest. Its text leaves the person out.</summary>
public sealed record GuestRequest
{
    /// <summary>The name shown to others; not empty.</summary>
    public required string Name { get; init; }

    /// <summary>An e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The language of the pages, such as <c>en</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>An id of your own; the same one gives the same user. Without it each call creates a new user.</summary>
    public string? Id { get; init; }

    internal IReadOnlyList<KeyValuePair<string, string>> Form() => new RestForm()
        .Add("name", Name).Add("email", Email).Add("id", Id).Add("custom_fields[locale]", Locale).Fields;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Locale = {Locale}");
        return true;
    }
}
