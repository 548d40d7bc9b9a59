using EyesonBridge.Bus.Access;
using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Cli;

/// <summary>Talks to the running bridge over its control queue.</summary>
internal sealed class ControlClient : IAsyncDisposable
{
    private readonly IBusControl _bus;
    private readonly string _controlQueue;
    private readonly bool _isRead;
    private readonly bool _ownsBus;
    private readonly TimeSpan _answerWithin;

    private ControlClient(IBusControl bus, string controlQueue, bool isRead, bool ownsBus, TimeSpan answerWithin)
    {
        _answerWithin = answerWithin;
        _isRead = isRead;
        _bus = bus;
        _controlQueue = controlQueue;
        _ownsBus = ownsBus;
    }

    /// <summary>Connects to the broker of the settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="show">When given, gets every event from now on.</param>
    /// <exception cref="CommandFailure">No broker answers, or it rejects the connection.</exception>
    public static async Task<ControlClient> ConnectAsync(CliSettings settings, CancellationToken cancellationToken, Action<TailedEvent>? show = null)
    {
        var broker = settings.ReadBroker();
        var controlQueue = broker.Options.ControlQueue;
        var answers = DefaultEndpointNameFormatter.GetTemporaryQueueName("bus"); // as MassTransit names that of its bus
        IReadOnlyList<BrokerNeed> needs = [.. BrokerNeeds.OfCommander(controlQueue, answers), .. show is null ? [] : TailQueue.Needs];
        var bus = await ClientBus.StartAsync(
            broker,
            needs,
            show is null ? null : configurator => configurator.ReceiveEndpoint(new TailQueue(), null, endpoint => endpoint.Tail(show)),
            cancellationToken);
        try
        {
            return new ControlClient(bus, controlQueue, await ControlQueue.RequireAsync(broker, cancellationToken), ownsBus: true, broker.Within);
        }
        catch
        {
            await ClientBus.StopAsync(bus);
            throw;
        }
    }

    /// <summary>Uses a bus that runs already.</summary>
    public static ControlClient Over(IBusControl bus, string controlQueue) => new(bus, controlQueue, isRead: true, ownsBus: false, CliSettings.Patience);

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
        var within = _isRead ? _answerWithin + heldFor : _answerWithin; // long enough for a bridge that is just starting
        var client = _bus.CreateRequestClient<TCommand>(new Uri($"exchange:{_controlQueue}"), within);
        try
        {
            var response = await client.GetResponse<TAnswer, CommandRejected>(command, cancellationToken);
            if (response.Is(out Response<TAnswer>? answer))
                return answer.Message;

            response.Is(out Response<CommandRejected>? rejection);
            throw new RejectedFailure(rejection!.Message);
        }
        catch (RequestTimeoutException)
        {
            throw new CommandFailure(
                $"The bridge did not answer within {within.TotalSeconds:0.#} s{(_isRead ? "" : ": no bridge reads the control queue")}. Check that it is running, uses this broker, and has the control queue '{_controlQueue}'.");
        }
        catch (RequestFaultException fault)
        {
            throw new CommandFailure($"The bridge could not run the command: {fault.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsBus)
            await ClientBus.StopAsync(_bus);
    }
}
