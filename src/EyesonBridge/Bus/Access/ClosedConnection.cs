using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus.Access;

/// <summary>
/// Why a connection was closed. The client tells it who waits for an answer; who sends something at that very moment learns
/// only that nothing can be sent any more.
/// </summary>
internal static class ClosedConnection
{
    /// <summary>Asks something over a connection.</summary>
    /// <exception cref="OperationInterruptedException">The connection was closed meanwhile: its reason says why.</exception>
    public static async Task<T> ExplainAsync<T>(IConnection connection, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ChannelClosedException)
        {
            throw connection.CloseReason is { } reason ? new OperationInterruptedException(reason) : new OperationInterruptedException();
        }
    }
}
