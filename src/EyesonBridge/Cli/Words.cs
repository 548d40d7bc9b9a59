using System.Globalization;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary>Names as people read them.</summary>
internal static class Words
{
    public static string Of(ObservationStatus status) => status switch
    {
        ObservationStatus.Waiting => "waiting",
        ObservationStatus.Connecting => "connecting",
        ObservationStatus.Observing => "observing",
        ObservationStatus.Interrupted => "interrupted",
        ObservationStatus.Ended => "ended",
        _ => "rejected",
    };

    /// <summary>So many things: <c>1 room</c>, <c>2 rooms</c>.</summary>
    public static string Count(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>What a description begins with.</summary>
    public static string FirstSentence(string? description)
    {
        var text = string.Join(' ', (description ?? "").ReplaceLineEndings("\n").Split('\n').TakeWhile(static line => line.Length > 0));
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    /// <summary>Text of others, without what controls a terminal.</summary>
    public static string Printable(string? text) =>
        text is null ? "" : string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character));
}
