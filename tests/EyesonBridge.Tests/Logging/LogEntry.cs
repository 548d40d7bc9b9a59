using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Logging;

/// <summary>One message that was logged.</summary>
internal sealed record LogEntry(
    int Id, LogLevel Level, string Text, IReadOnlyList<KeyValuePair<string, object?>> Values, Exception? Exception)
{
    public object? Value(string name) => Values.First(value => string.Equals(value.Key, name, StringComparison.Ordinal)).Value;
}
