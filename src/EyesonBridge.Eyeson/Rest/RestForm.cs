namespace EyesonBridge.Eyeson.Rest;

/// <summary>The fields of a form, without those that were not given.</summary>
internal sealed class RestForm
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    public RestForm Add(string name, string? value)
    {
        if (value is not null)
            _fields.Add(new(name, value));
        return this;
    }
}
