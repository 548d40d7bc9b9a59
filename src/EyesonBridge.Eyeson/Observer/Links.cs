using System.Text;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>Where to get a recording or a snapshot.</summary>
public sealed record Links
{
    /// <summary>The REST address of the thing itself; needs the API key.</summary>
    public string? Self { get; init; }

    /// <summary>
    /// The URL of the file. It is signed and expires after an hour, and anybody who has it can download the file, so
    /// <see cref="ToString"/> leaves it out.
    /// </summary>
    public string? Download { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Self = {Self}, Download = {(Download is null ? "null" : "(hidden)")}");
        return true;
    }
}
