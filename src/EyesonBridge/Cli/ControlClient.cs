using EyesonBridge.Bus.Access;
using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Cli;

/// <summary>Talks to the running bridge over its control queue.</summary>
internal sealed class ControlClient : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly IBusControl _bus;
    private readonly string _controlQueue;
    private readonly bool _isRead;
    private readonly bool _ownsBus;

    private ControlClient(IBusControl bus, string controlQueue, bool isRead, bool ownsBus)
    {
        _isRead = isRead;
        _bus = bus;
        _controlQueue = controlQueue;
        _ownsBus = ownsBus;
    }

    /// <summary>Connects to the broker of the settings.</summary>
    /// <exception cref="CommandFailure">No broker answers, or it rejects the connection.</exception>
    public static async Task<ControlClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var options = BusSettings.Read();
        var answers = DefaultEndpointNameFormatter.GetTemporaryQueueName("bus"); // as MassTransit names that of its bus
        var bus = await ClientBus.StartAsync(options, BrokerNeeds.OfCommander(options.ControlQueue, answers), configure: null, cancellationToken);
        try
        {
            return new ControlClient(bus, options.ControlQueue, await ControlQueue.RequireAsync(options, cancellationToken), ownsBus: true);
        }
        catch
        {
            await bus.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Uses a bus that runs already.</summary>
    public static ControlClient Over(IBusControl bus, string controlQueue) => new(bus, controlQueue, isRead: true, ownsBus: false);

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="heldFor">How long the bridge may hold the command before it answers.</param>
    /// <exception cref="CommandFailure">There is no answer, or it is a rejection.</exception>
    public async Task<TAnswer> RequestAsync<TCommand, TAnswer>(TCommand command, CancellationToken cancellationToken, TimeSpan heldFor = default)
        where TCommand : class
        where TAnswer : class
    {
        // The exchange, not the queue: with that MassTransit would declare the queue in another form than the bridge's.
        var within = _isRead ? AnswerWithin + heldFor : AnswerWithin; // long enough for a bridge that is just starting
        var client = _bus.CreateRequestClient<TCommand>(new Uri($"exchange:{_controlQueue}"), within);
        try
        {
            var response = await client.GetResponse<TAnswer, CommandRejected>(command, cancellationToken);
            if (response.Is(out Response<TAnswer>? answer))
                return answer.Message;

            response.Is(out Response<CommandRejected>? rejection);
            throw new CommandFailure($"Rejected ({rejection!.Message.Code}): {rejection.Message.Message}");
        }
        catch (RequestTimeoutException)
        {
            throw new CommandFailure(
                $"The bridge did not answer within {within.TotalSeconds:0} s{(_isRead ? "" : ": no bridge reads the control queue")}. Check that it is running, uses this broker, and has the control queue '{_controlQueue}'.");
        }
        catch (RequestFaultException fault)
        {
            throw new CommandFailure($"The bridge could not run the command: {fault.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsBus)
            await _bus.StopAsync();
    }
}
