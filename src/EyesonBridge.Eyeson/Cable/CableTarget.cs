using System.Text;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>One room to observe, and the key to do it with.</summary>
public sealed record CableTarget
{
    /// <summary>The base address of Eyeson, such as <c>https://api.eyeson.team</c>; http(s) becomes ws(s), and <c>/rt</c> is appended.</summary>
    public required Uri Url { get; init; }

    /// <summary>The room's id.</summary>
    public required string RoomId { get; init; }

    /// <summary>The API key that started the meeting. Secret: <see cref="ToString"/> leaves it out.</summary>
    public required string ApiKey { get; init; }

    /// <summary>How the key is sent; by default in the header.</summary>
    public CableAuthorization Authorization { get; init; }

    /// <summary>Which history to ask for; null asks for none.</summary>
    public CableHistory? History { get; init; }

    /// <summary>The socket's address. With <see cref="CableAuthorization.Query"/> it holds the key: do not log it.</summary>
    internal Uri SocketUrl()
    {
        var query = $"room_id={Uri.EscapeDataString(RoomId)}";
        if (Authorization == CableAuthorization.Query)
            query += $"&api_key={Uri.EscapeDataString(ApiKey)}";

        var scheme = Url.Scheme is "https" or "wss" ? "wss" : "ws";
        return new UriBuilder(scheme, Url.Host, Url.Port, Url.AbsolutePath.TrimEnd('/') + "/rt", "?" + query).Uri;
    }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Host = {Url.Host}, RoomId = {RoomId}, Authorization = {Authorization}");
        return true;
    }
}
