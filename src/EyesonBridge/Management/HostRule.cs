using System.Net;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Management;

/// <summary>
/// The host names by which the management port may be asked. A page on the internet can make a browser ask it under the
/// page's own name (DNS rebinding), so names that anybody can have are refused; addresses and names of the own network, which
/// probes and operators use, are not.
/// </summary>
internal sealed class HostRule(IOptions<ManagementOptions> options)
{
    private const string Any = "*";

    /// <summary>The ends of names that no public registry hands out.</summary>
    private static readonly string[] OwnEnds = [".localhost", ".local", ".internal", ".svc"];

    private readonly string[] _allowed =
        options.Value.AllowedHosts?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>True when a request may name this host.</summary>
    public bool Allows(string host)
    {
        if (host.Length == 0 || !host.Contains('.', StringComparison.Ordinal) || IPAddress.TryParse(host, out _))
            return true; // HTTP/1.0 names none; a single label is not a public name

        return OwnEnds.Any(end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            || _allowed.Any(allowed => allowed is Any || string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase));
    }
}
