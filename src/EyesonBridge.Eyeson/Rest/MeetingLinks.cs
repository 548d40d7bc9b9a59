using System.Text;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>
/// The links with which people join. They contain tokens, which anybody who has them can use: <see cref="ToString"/> leaves
/// them out.
/// </summary>
public sealed record MeetingLinks
{
    /// <summary>The meeting in Eyeson's own pages, as the user it was made for.</summary>
    public string? Gui { get; init; }

    /// <summary>The page where guests give their name.</summary>
    public string? GuestJoin { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Gui = {(Gui is null ? "null" : "(hidden)")}, GuestJoin = {(GuestJoin is null ? "null" : "(hidden)")}");
        return true;
    }
}
