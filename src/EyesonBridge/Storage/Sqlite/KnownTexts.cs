using System.Text;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>Texts that come again and again in what is read, such as types and ids of rooms: each is one object, however often it is read.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class KnownTexts
{
    private const int Most = 4_096;
    private const int MostBytes = 128;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public KnownTexts() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text of these bytes.</summary>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
            return Encoding.UTF8.GetString(utf8);

        Span<char> buffer = stackalloc char[MostBytes];
        var text = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (_lookup.TryGetValue(text, out var known))
            return known;

        if (_texts.Count >= Most)
            _texts.Clear();
        _lookup.Add(text);
        _lookup.TryGetValue(text, out known);
        return known!;
    }
}
