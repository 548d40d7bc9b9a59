using System.Text;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Meetings;

/// <summary>What the bridge cannot read is passed on as it came, but for secrets.</summary>
internal static class Unrecognized
{
    /// <summary>The longest text that is passed on, in characters.</summary>
    public const int MaxLength = 16_384;

    /// <summary>What is wrong with an entry of a list that cannot be told from others.</summary>
    public const string EntryWithoutId = "An entry in a list has no id.";

    public static UnrecognizedEvent From(MeetingDraft draft, string? type, string? problem)
    {
        var context = draft.Context;
        IEnumerable<string> secrets = context.Secrets?.Of(context.Account, context.RoomId) ?? [];
        return From(type, context.Raw.Span, problem, draft.State.GuestToken is { } guestToken ? [guestToken, .. secrets] : [.. secrets]);
    }

    private static UnrecognizedEvent From(string? type, ReadOnlySpan<byte> raw, string? problem, string[] secrets)
    {
        // A character has at least one byte, so a little more than the limit is enough to see that it is exceeded. The
        // secrets are taken out before the cut: half a token is a secret too.
        var whole = Encoding.UTF8.GetString(raw.Length > 8 * MaxLength ? raw[..(8 * MaxLength)] : raw);
        var text = SecretScrubber.Scrub(SecretScrubber.ScrubValues(whole, secrets));
        var truncated = text.Length > MaxLength || raw.Length > 8 * MaxLength;
        return new UnrecognizedEvent
        {
            WireType = type is null ? null : SecretScrubber.ScrubValues(type, secrets),
            Raw = text.Length > MaxLength ? text[..CutAt(text)] : text,
            Truncated = truncated,
            Problem = problem,
        };
    }

    private static int CutAt(string text) => char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
}
