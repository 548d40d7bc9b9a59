using System.Text;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Somebody who may start a permalink's meeting. Its text leaves the person out.</summary>
public sealed record PermalinkUserRequest
{
    /// <summary>The name shown to others; not empty.</summary>
    public required string Name { get; init; }

    /// <summary>An id of your own.</summary>
    public string? Id { get; init; }

    /// <summary>The address of a picture.</summary>
    public string? Avatar { get; init; }

    /// <summary>The language of the pages, such as <c>en</c>.</summary>
    public string? Locale { get; init; }

    internal void AddTo(RestForm form) => form
        .Add("user[name]", Name)
        .Add("user[id]", Id)
        .Add("user[avatar]", Avatar)
        .Add("user[custom_fields][locale]", Locale);

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Locale = {Locale}");
        return true;
    }
}
