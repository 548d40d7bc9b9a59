namespace EyesonBridge.Eyeson.Rest;

/// <summary>A request. Its path holds tokens, so it has no text.</summary>
internal sealed class RestRequest
{
    private readonly IReadOnlyList<string> _values = [];

    /// <summary>A request to a path whose variable parts are escaped already.</summary>
    public RestRequest(HttpMethod method, string target)
    {
        Method = method;
        Target = target;
    }

    private RestRequest(HttpMethod method, string? target, IReadOnlyList<string> values)
    {
        Method = method;
        Target = target;
        _values = values;
    }

    public HttpMethod Method { get; }

    /// <summary>The path, perhaps with a query; null when a part of it is none: nothing can be there.</summary>
    public string? Target { get; }

    /// <summary>What goes into the body; null for none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Form { get; private init; }

    /// <summary>Whether the same again does no harm when the first one took effect unnoticed.</summary>
    public bool IsRepeatable => Method != HttpMethod.Post;

    /// <summary>A request to a path of fixed and variable parts in turn: <c>rooms</c>, id, <c>users</c> …</summary>
    public static RestRequest To(HttpMethod method, params string[] parts)
    {
        string[] values = [.. parts.Where(static (_, index) => index % 2 == 1)];
        foreach (var value in values)
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(parts));

        // These two would be another address, escaped or not.
        var target = values.Any(static value => value is "." or "..") ? null : string.Join('/', parts.Select(Uri.EscapeDataString));
        return new RestRequest(method, target, values);
    }

    /// <summary>The same request with a query; its values must be escaped.</summary>
    public RestRequest With(string query) =>
        query.Length == 0 || Target is null ? this : new RestRequest(Method, $"{Target}?{query}", _values);

    /// <summary>The same request with a body.</summary>
    /// <param name="form">The body.</param>
    /// <param name="secrets">What in it no message may repeat.</param>
    public RestRequest With(IReadOnlyList<KeyValuePair<string, string>> form, params IEnumerable<string> secrets) =>
        new(Method, Target, [.. _values, .. secrets]) { Form = form };

    /// <summary>The text without whatever in this request might be secret.</summary>
    public string Hide(string text)
    {
        foreach (var value in _values)
            text = text.Replace(value, "…", StringComparison.Ordinal).Replace(Uri.EscapeDataString(value), "…", StringComparison.Ordinal);
        return text;
    }
}
