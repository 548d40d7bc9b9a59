using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace EyesonBridge.Tests.Meetings;

/// <summary>
/// Makes up what could come over the wire: few ids, so that bodies meet; nulls, missing and odd members; the same body
/// again; bytes that are nothing at all; and now and then the conclusion that the meeting is over.
/// </summary>
internal static class WireFrames
{
    private static readonly Gen<string> Ids = Gen.Elements("\"a\"", "\"b\"", "\"c\"", "\"\"");

    private static readonly Gen<string> Odd =
        Gen.Elements("null", "7", "\"x\"", "true", "[]", "{}", "[null]", "[{}]", "1e999", "\"\\ud83d\"", "-1");

    private static readonly Gen<string> Booleans = Gen.Elements("true", "false");

    private static readonly Gen<string> Names = Gen.Elements("\"Ann\"", "\"Bob\"", "null");

    private static readonly Gen<string> Starts = Gen.Frequency(
        (6, Gen.Constant($"\"{Bodies.Started}\"")),
        (2, Gen.Constant($"\"{Bodies.StartedLater}\"")),
        (1, Gen.Elements("null", "\"2023-12-11T10:48:32.0319+01:00\"", "1702288218")));

    private static readonly Gen<string> User = Object(("id", Ids), ("name", Names), ("guest", Booleans), ("joined_at", Starts));

    private static readonly Gen<string> Participant = Object(
        ("id", Ids), ("name", Names), ("avatar", Names), ("guest", Booleans), ("online", Booleans));

    private static readonly Gen<string> Present = Object(("id", Ids), ("name", Names), ("guest", Booleans));

    private static readonly Gen<string> Broadcast = Object(("id", Ids), ("platform", Names), ("user", User));

    private static readonly Gen<string> Playback = Object(("play_id", Ids), ("name", Names), ("audio", Booleans));

    private static readonly Gen<string> Presentation = Object(("user", User));

    private static readonly Gen<string> Recording = Object(
        ("id", Ids),
        ("created_at", Gen.Elements("1702288218", "1702288219")),
        ("duration", Gen.Elements("null", "null", "5")),
        ("links", Object(("download", Gen.Elements("null", "null", "\"https://example.com/r\"")))),
        ("user", User),
        ("room", Object(("started_at", Starts))));

    private static readonly Gen<string> Options = Object(
        ("layout", Names), ("layout_name", Names), ("layout_users", List(Ids)), ("layout_map", List(Ids)), ("show_names", Booleans));

    private static readonly Gen<string> Snapshot = Object(("id", Ids), ("created_at", Starts), ("creator", User), ("room", Object(("started_at", Starts))));

    private static readonly Gen<string> Room = Object(
        ("id", Gen.Frequency((20, Gen.Constant($"\"{ObservedRoom.Id}\"")), (1, Gen.Constant("\"another\"")))),
        ("name", Names),
        ("ready", Gen.Elements("true", "true", "false")),
        ("started_at", Starts),
        ("shutdown", Gen.Elements("true", "false", "false", "false", "false", "false")),
        ("options", Options),
        ("participants", List(Present)),
        ("playbacks", List(Playback)),
        ("presentation", OrNull(Presentation)),
        ("broadcasts", List(Broadcast)),
        ("recording", OrNull(Recording)));

    private static readonly Gen<string> Known = Gen.Frequency(
        (6, Body("room_update", ("content", Room))),
        (6, Body("participant_update", ("participant", Participant))),
        (5, Body("recording_update", ("recording", Recording))),
        (3, Body("broadcasts_update", ("broadcasts", List(Broadcast)))),
        (3, Body("playback_update", ("playing", List(Playback)))),
        (3, Body("presentation_update", ("presentation", OrNull(Presentation)))),
        (2, Body("options_update", ("options", Options))),
        (2, Body("snapshot_update", ("snapshots", List(Snapshot)))),
        (1, Body("lock", ("locked", Booleans))),
        (1, Body("chat", ("content", Names), ("user_id", Ids), ("created_at", Starts))),
        (1, Body("custom", ("content", Odd), ("user_id", Ids), ("created_at", Starts))),
        (1, Body("podium_update", ("podium", List(User)), ("layers", List(Snapshot)))),
        (1, Body("newer_update", ("guest_token", Names))));

    private static readonly Gen<WireFrame> Frame = Gen.Frequency(
        (40, Known.Select(text => new WireFrame(Encoding.UTF8.GetBytes(text)))),
        (1, Known.SelectMany(text => Gen.Choose(0, text.Length), (text, length) => new WireFrame(Encoding.UTF8.GetBytes(text[..length])))),
        (1, Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Select(bytes => new WireFrame(bytes))),
        (1, Gen.Constant(WireFrame.Conclusion)));

    /// <summary>Any sequence; a failing one is made shorter until nothing can be left out.</summary>
    public static Arbitrary<WireFrame[]> Sequences { get; } = Arb.From(
        Gen.Sized(size => Gen.Choose(0, 5 + size)).SelectMany(length => Frame.ArrayOf(length)).SelectMany(Repeated),
        Shorter);

    /// <summary>Here and there a frame comes once more, later or too late.</summary>
    private static Gen<WireFrame[]> Repeated(WireFrame[] frames) =>
        frames.Length == 0
            ? Gen.Constant(frames)
            : Gen.Choose(0, 4 * frames.Length).ArrayOf(frames.Length).Select(picks =>
                frames.Select((frame, at) => picks[at] < frames.Length ? frames[picks[at]] : frame).ToArray());

    private static IEnumerable<WireFrame[]> Shorter(WireFrame[] frames)
    {
        for (var size = frames.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= frames.Length; at += size)
                yield return [.. frames[..at], .. frames[(at + size)..]];
        }
    }

    private static Gen<string> Body(string type, params (string Name, Gen<string> Value)[] members) =>
        Object(members).Select(text => string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"{type}\"{(text is "{}" ? "" : ",")}{text[1..]}"));

    private static Gen<string> Object(params (string Name, Gen<string> Value)[] members) =>
        Gen.CollectToArray(members, member => Gen.Frequency(
                (25, member.Value.Select(value => $"\"{member.Name}\":{value}")),
                (1, Odd.Select(value => $"\"{member.Name}\":{value}")),
                (1, Gen.Constant(""))))
            .Select(texts => $"{{{string.Join(',', texts.Where(text => text.Length > 0))}}}");

    private static Gen<string> List(Gen<string> element) =>
        Gen.Choose(0, 3).SelectMany(length => Gen.Frequency((25, element), (1, Odd)).ArrayOf(length)).Select(elements => $"[{string.Join(',', elements)}]");

    private static Gen<string> OrNull(Gen<string> value) => Gen.Frequency((2, value), (1, Gen.Constant("null")));
}
