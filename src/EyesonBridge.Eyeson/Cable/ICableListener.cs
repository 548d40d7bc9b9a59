namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Hears what a connection receives. Calls never overlap, and the socket is not read while one is awaited: a slow
/// listener slows the server down, it loses nothing. An exception ends the connection and comes out of
/// <see cref="CableConnection.RunAsync"/>.
/// </summary>
public interface ICableListener
{
    /// <summary>The server accepted the connection; the subscription is sent next.</summary>
    ValueTask OnWelcomeAsync(CableWelcome welcome);

    /// <summary>The subscription is confirmed. A server may send the room's state before that.</summary>
    ValueTask OnSubscribedAsync();

    /// <summary>An event of the room, also while the subscription is not yet confirmed.</summary>
    /// <returns>Whether the connection goes on.</returns>
    ValueTask<CableNext> OnMessageAsync(CableMessage message);

    /// <summary>
    /// A frame that is no message of the protocol, or the beginning of one over <see cref="CableOptions.MaxFrameBytes"/>.
    /// Valid only until the call returns.
    /// </summary>
    /// <returns>Whether the connection goes on.</returns>
    ValueTask<CableNext> OnUnreadableAsync(ReadOnlyMemory<byte> frame);

    /// <summary>
    /// The answer to <see cref="CableTarget.History"/>. It comes once, or a second time after
    /// <see cref="CableHistoryAnswer.Overdue"/>. When granted, the missed messages have come, and may repeat what was already
    /// seen: compare stream, epoch and offset.
    /// </summary>
    /// <returns>Whether the connection goes on.</returns>
    ValueTask<CableNext> OnHistoryAsync(CableHistoryAnswer answer) => ValueTask.FromResult(CableNext.GoOn);

    /// <summary>A frame that is not for this channel, or of a type that the protocol does not have. It is left out.</summary>
    ValueTask OnIgnoredAsync() => ValueTask.CompletedTask;
}
