using System.Text.Json;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Observation.Gaps;

/// <summary>
/// Where the streams of AnyCable's extended protocol stand, so that a server with a history can be asked for what was
/// missed; and which messages of that history are repeats. A server without it gives no positions.
/// </summary>
internal sealed class StreamPositions
{
    /// <summary>A server that has sent this much without an answer will not repeat anything: AnyCable keeps 100 messages.</summary>
    private const int MostRepeated = 1_000;

    /// <summary>A room has one stream or two. A server that makes up new ones all the time is not asked for all of them.</summary>
    private const int MostStreams = 16;

    private const int LongestName = 256;

    private Dictionary<string, CablePosition>? _last;
    private HashSet<(string Stream, string Epoch, long Offset)>? _seenSinceAsked;
    private Dictionary<string, CablePosition>? _asked;

    private StreamPositions(Dictionary<string, CablePosition>? last) => _last = last;

    /// <summary>True when the store had some that could not be read.</summary>
    public bool WereUnreadable { get; private init; }

    /// <summary>The positions as the store keeps them; null or unreadable is none.</summary>
    public static StreamPositions Read(string? json)
    {
        try
        {
            return new(json is null ? null : JsonSerializer.Deserialize<Dictionary<string, CablePosition>>(json));
        }
        catch (JsonException)
        {
            return new(last: null) { WereUnreadable = true };
        }
    }

    /// <summary>What to ask the server for; null when there is nothing to go on from.</summary>
    public CableHistory? Ask()
    {
        Answered();
        if (_last is not { Count: > 0 })
            return null;

        _asked = new(_last, StringComparer.Ordinal);
        return new CableHistory { Streams = _asked };
    }

    /// <summary>
    /// Notes a message. False for one that was taken before: the history overlaps with what was heard before the gap, and
    /// with what is sent meanwhile. Outside of that nothing is taken for a repeat, as messages can overtake each other.
    /// </summary>
    public bool Note(in CableMessage message)
    {
        if (message is not { StreamId: { Length: <= LongestName } stream, Epoch: { Length: <= LongestName } epoch, Offset: { } offset })
            return true;

        if (_asked is not null && IsRepeat(_asked, (stream, epoch, offset)))
            return false;

        _last ??= new(StringComparer.Ordinal);
        if (_last.Count >= MostStreams && !_last.ContainsKey(stream))
            _last.Clear();
        if (!_last.TryGetValue(stream, out var last) || !string.Equals(last.Epoch, epoch, StringComparison.Ordinal) || offset > last.Offset)
            _last[stream] = new CablePosition(epoch, offset);
        return true;
    }

    /// <summary>The server has answered, or never will; from now on nothing is a repeat.</summary>
    public void Answered()
    {
        _asked = null;
        _seenSinceAsked = null;
    }

    private bool IsRepeat(Dictionary<string, CablePosition> asked, (string Stream, string Epoch, long Offset) at)
    {
        var isOld = asked.TryGetValue(at.Stream, out var position)
            && string.Equals(position.Epoch, at.Epoch, StringComparison.Ordinal)
            && at.Offset <= position.Offset;
        _seenSinceAsked ??= [];
        if (isOld || !_seenSinceAsked.Add(at))
            return true;

        if (_seenSinceAsked.Count > MostRepeated)
            Answered();
        return false;
    }

    /// <summary>The positions as the store keeps them; null when there are none.</summary>
    public string? Write() => _last is not { Count: > 0 } ? null : JsonSerializer.Serialize(_last);
}
