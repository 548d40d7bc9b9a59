using System.Text;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>Where a recording or a snapshot can be had.</summary>
public sealed record Links
{
    /// <summary>The REST address of the thing itself; needs the API key.</summary>
    public string? Self { get; init; }

    /// <summary>
    /// The address of the file. It is signed and expires after an hour, and whoever has it can download the file, so
    /// <see cref="ToString"/> leaves it out.
    /// </summary>
    public string? Download { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Self = {Self}, Download = {(Download is null ? "null" : "(hidden)")}");
        return true;
    }
}
