using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>
/// The commands that carry a token. One that cannot be carried out is consumed all the same: on the queues for such commands
/// the token would lie for days, readable for everybody who may read them.
/// </summary>
internal static class TokenCommands
{
    private static readonly string[] Names =
    [
        nameof(ObservePermalink), nameof(StopObservingPermalink), nameof(StartPermalinkMeeting), nameof(RequestGuestUser),
    ];

    /// <summary>True for a command of this type.</summary>
    public static bool Contain<TCommand>() => Names.Contains(typeof(TCommand).Name, StringComparer.Ordinal);

    /// <summary>
    /// The name of such a command if the message may be one, also when it cannot be read: it counts that the name is in the
    /// body, or in a header.
    /// </summary>
    public static string? NameIn(ReceiveContext message)
    {
        var body = message.Body.GetString();
        return Names.FirstOrDefault(name => body.Contains($":{name}\"", StringComparison.OrdinalIgnoreCase))
            ?? Names.FirstOrDefault(name => message.TransportHeaders.Any(header => IsIn(header.Value, name)));
    }

    private static bool IsIn(object? value, string name) =>
        value is string text && text.EndsWith($":{name}", StringComparison.OrdinalIgnoreCase);
}
