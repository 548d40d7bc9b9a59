namespace EyesonBridge.Tls;

/// <summary>Connections without encryption that leave this machine.</summary>
internal static class PlainTransport
{
    /// <summary>What to say of an address; null when it is encrypted, or stays on this machine. The address is not repeated: it can hold a password.</summary>
    /// <param name="setting">The setting, such as <c>Bus:Url</c>.</param>
    /// <param name="url">Its value.</param>
    /// <param name="secrets">What can be read on the way.</param>
    public static string? Warning(string setting, string? url, string secrets)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.IsLoopback || Encrypted(address.Scheme) is not { } encrypted)
            return null;

        return $"{setting} leads to {address.Host} without encryption: {secrets} can be read and changed on the way. Use {encrypted}://.";
    }

    private static string? Encrypted(string scheme) => scheme switch
    {
        "http" => "https",
        "ws" => "wss",
        "amqp" => "amqps",
        _ => null,
    };
}
