namespace EyesonBridge.Testing.Network;

/// <summary>Looks at what goes over one connection of a <see cref="TcpRelay"/>, before it is passed on.</summary>
public interface IRelayTap
{
    /// <summary>The client has sent something. False breaks the connection instead of passing it on.</summary>
    ValueTask<bool> SentAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>The server has answered something. False breaks the connection instead of passing it on.</summary>
    ValueTask<bool> AnsweredAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
