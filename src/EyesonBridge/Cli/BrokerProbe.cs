using EyesonBridge.Bus;
using EyesonBridge.Bus.Access;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Cli;

/// <summary>Asks the broker, before anything else does, whether a command can do its work; the answer comes in time, whatever the broker does.</summary>
internal static class BrokerProbe
{
    private static readonly TimeSpan ForEachNeed = TimeSpan.FromMilliseconds(200); // a broker that is far away, or has much to do

    /// <summary>Requires that the broker answers and grants what is needed.</summary>
    /// <exception cref="CommandFailure">It does not; the text says what to do.</exception>
    public static Task RequireAsync(CliBroker broker, IReadOnlyList<BrokerNeed> needs, CancellationToken cancellationToken) =>
        AskAsync(
            broker,
            async (connection, either) =>
            {
                if (await BrokerAccess.MissingAsync(connection, needs, either) is { Count: > 0 } missing)
                    throw new CommandFailure(BrokerRefusal.Explain(broker.Url, UserOf(broker.Url), missing));
                return true;
            },
            cancellationToken,
            broker.Within + (needs.Count * ForEachNeed));

    /// <summary>Asks something over a connection that is closed again.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="ask">What to ask.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="answerWithin">How long the broker has for the answer; <see cref="CliBroker.Within"/> when left out.</param>
    /// <exception cref="CommandFailure">No broker answers in time, or it refuses.</exception>
    public static async Task<T> AskAsync<T>(
        CliBroker broker, Func<IConnection, CancellationToken, Task<T>> ask, CancellationToken cancellationToken, TimeSpan? answerWithin = null)
    {
        var allowed = broker.Within;
        using var timeout = new CancellationTokenSource(allowed, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // The client's own time-outs do not end every wait: who is silent from the start never sends its part of the handshake.
            return await ConnectAndAskAsync(broker, AskInTimeAsync, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure(
                $"Whoever listens at {BrokerHost.PlaceOf(broker.Url)} does not answer as a broker within {allowed.TotalSeconds:0.#} s. Check that Bus:Url (environment: Bus__Url) names the broker, and that the broker is not overloaded or frozen.");
        }
        catch (BrokerUnreachableException unreachable)
        {
            throw new CommandFailure(BrokerHost.Explain(broker.Url, broker.Trust, unreachable));
        }
        catch (OperationInterruptedException refused)
        {
            throw new CommandFailure(
                BrokerRefusal.Explain(broker.Url, refused)
                ?? $"The broker at {BrokerHost.PlaceOf(broker.Url)} refuses: {refused.ShutdownReason?.ReplyText ?? refused.Message}. Correct Bus:Url (environment: Bus__Url), and look into the broker's log.");
        }

        Task<T> AskInTimeAsync(IConnection connection, CancellationToken cancelled)
        {
            allowed = answerWithin ?? broker.Within;
            timeout.CancelAfter(allowed);
            return ask(connection, cancelled);
        }
    }

    private static async Task<T> ConnectAndAskAsync<T>(
        CliBroker broker, Func<IConnection, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var factory = BrokerHost.FactoryFor(broker.Options, broker.Trust);
        factory.RequestedConnectionTimeout = broker.Within;
        factory.AutomaticRecoveryEnabled = false;
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        return await ClosedConnection.ExplainAsync(connection, () => ask(connection, cancellationToken));
    }

    private static string UserOf(Uri broker) => Uri.UnescapeDataString(broker.UserInfo.Split(':')[0]) is { Length: > 0 } user ? user : "guest";
}
