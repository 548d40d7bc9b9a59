namespace EyesonBridge.Eyeson.Rest;

/// <summary>The value of a call that answers with nothing but its success.</summary>
public sealed record RestNothing
{
    private RestNothing()
    {
    }

    /// <summary>The only one.</summary>
    public static RestNothing Instance { get; } = new();
}
