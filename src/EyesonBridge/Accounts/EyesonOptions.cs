using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Accounts;

/// <summary>Where Eyeson is and how the bridge proves who it is; section <c>Eyeson</c>.</summary>
internal sealed class EyesonOptions
{
    public const string Section = "Eyeson";

    /// <summary>Base address of Eyeson. Default <c>https://api.eyeson.team</c>. http(s) becomes ws(s) for the socket.</summary>
    public string Url { get; set; } = "https://api.eyeson.team";

    /// <summary>
    /// A PEM file with the authorities that may vouch for Eyeson, and no others do. Without it, those that the
    /// system trusts may.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>How the API key travels to the observer socket. Default <c>Header</c>, which keeps it out of addresses.</summary>
    public CableAuthorization Authentication { get; set; } = CableAuthorization.Header;

    /// <summary>The accounts by name, without regard to case. Commands that name none mean <c>default</c>.</summary>
    public Dictionary<string, AccountOptions> Accounts { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
