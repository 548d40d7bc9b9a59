using System.Globalization;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>A permalink to create, or changes to one. Null leaves a value to Eyeson, or unchanged.</summary>
public sealed record PermalinkRequest
{
    /// <summary>The room's name.</summary>
    public string? Name { get; init; }

    /// <summary>Until when it can be used. Unconfirmed: whether an expiry can be removed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The first host; required to create a permalink, ignored when changing one.</summary>
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
