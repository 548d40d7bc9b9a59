using EyesonBridge.Bus.Access;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>
/// Asks the broker what it refuses while the control queue is not read. MassTransit tries again and again and does not say what
/// is wrong, or names only what happened to fail first.
/// </summary>
internal sealed class BrokerExamination(IOptions<BusOptions> options, BrokerTrust trust, BrokerConnection broker, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await broker.Doubts.WaitAsync(LookEvery, time, stoppingToken);
                if (!broker.IsReady)
                    await ExamineAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nobody asks any more.
        }
    }

    private async Task ExamineAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var url = new Uri(settings.Url);
        using var timeout = new CancellationTokenSource(ConnectWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var factory = BrokerHost.FactoryFor(settings, trust.Server);
            factory.ClientProvidedName = "EyesonBridge examination";
            factory.AutomaticRecoveryEnabled = false;
            factory.RequestedConnectionTimeout = ConnectWithin;
            await using var connection = await factory.CreateConnectionAsync(either.Token);
            timeout.CancelAfter(AnswerWithin);
            var missing = await BrokerAccess.MissingAsync(connection, BrokerNeeds.OfBridge(settings.ControlQueue), either.Token);
            if (missing.Count > 0)
                broker.NoteRefused(BrokerRefusal.Explain(url, factory.UserName, missing));
        }
        catch (BrokerUnreachableException unreachable)
        {
            broker.NoteUnreachable(unreachable);
        }
        catch (OperationInterruptedException refused) when (BrokerRefusal.Explain(url, refused) is { } problem)
        {
            broker.NoteRefused(problem);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is OperationCanceledException or OperationInterruptedException or IOException)
        {
            // It is too slow, or went away: the next look may tell more.
        }
    }
}
