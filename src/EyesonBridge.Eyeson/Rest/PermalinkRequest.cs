using System.Globalization;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>A permalink to make, or what to change of one. What is null is left to Eyeson, or left as it is.</summary>
public sealed record PermalinkRequest
{
    /// <summary>The room's name.</summary>
    public string? Name { get; init; }

    /// <summary>Until when it can be used. Unconfirmed: whether an end can be taken back.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The first host; needed to make one, of no effect when changing one.</summary>
    public PermalinkUserRequest? User { get; init; }

    /// <summary>Options of the room by their names on the wire, such as <c>show_names</c> with <c>false</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal IReadOnlyList<KeyValuePair<string, string>> Form()
    {
        var form = new RestForm()
            .Add("name", Name)
            .Add("expires_at", ExpiresAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        User?.AddTo(form);
        foreach (var (name, value) in Options)
            form.Add($"options[{name}]", value);
        return form.Fields;
    }
}
