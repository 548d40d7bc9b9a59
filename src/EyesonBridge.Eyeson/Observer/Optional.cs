namespace EyesonBridge.Eyeson.Observer;

/// <summary>
/// A member that can be missing, null or set: <c>"recording": null</c> says that nothing is recorded,
/// a body without <c>recording</c> says nothing about it.
/// </summary>
/// <typeparam name="T">The type of the member.</typeparam>
public readonly record struct Optional<T>
    where T : class
{
    /// <summary>A member that was given, as null or with a value.</summary>
    public Optional(T? value)
    {
        Value = value;
        IsGiven = true;
    }

    /// <summary>True when the body had the member, even as null. False in <c>default</c>.</summary>
    public bool IsGiven { get; }

    /// <summary>The value; null when the member was null or missing.</summary>
    public T? Value { get; }

    /// <summary>The value's text, <c>null</c>, or <c>(not given)</c>.</summary>
    public override string ToString() => IsGiven ? Value?.ToString() ?? "null" : "(not given)";
}
