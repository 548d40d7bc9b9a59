using System.Net.Sockets;
using EyesonBridge.Bus;
using EyesonBridge.Tests.Logging;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Tests.Bus;

public sealed class BusLoggerTests : IDisposable
{
    private const int Unreachable = 6001;
    private const int ThereAgain = 6002;
    private const int Refuses = 6080;

    private readonly LogRecorder _library = new();
    private readonly LogRecorder<BrokerConnection> _log = new();
    private readonly BrokerConnection _connection;
    private readonly ILogger _logger;

    public BusLoggerTests()
    {
        var options = Options.Create(new BusOptions { Url = "amqp://guest:pass-word@broker.example.com" });
        _connection = new BrokerConnection(options, new BrokerTrust(options, NullLogger<BrokerTrust>.Instance), _log);
        _logger = new BusLoggerFactory(_library, _connection).CreateLogger("MassTransit");
    }

    public void Dispose()
    {
        _library.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Log_BrokerAwayForManyEvents_IsSaidOnceWithoutAStackTrace()
    {
        for (var attempt = 0; attempt < 100; attempt++)
            Fail(new MassTransitException("wrapped", NobodyAnswers()));

        Assert.Empty(_library.Texts);
        Assert.Equal(
            ["Cannot reach the broker; still trying. No broker answers at broker.example.com:5672. Start the broker, or set Bus:Url (environment: Bus__Url) to its address."],
            _log.Texts);
        Assert.StartsWith("No broker answers at broker.example.com:5672.", _connection.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_AnotherReason_IsSaidToo()
    {
        Fail(NobodyAnswers());
        Fail(new BrokerUnreachableException(new PossibleAuthenticationFailureException("no", new IOException())));

        Assert.Equal(2, _log.Count(Unreachable));
        Assert.Contains("rejected the user name or password", _connection.Problem, StringComparison.Ordinal);
        Assert.All(_log.Texts, text => Assert.DoesNotContain("pass-word", text, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Ready_AfterAFailure_SaysSoOnceAndTheNextFailureIsSaidAgain()
    {
        Fail(NobodyAnswers());

        await _connection.Ready(new EndpointEvent("eyeson-bridge-control"));
        await _connection.Ready(new EndpointEvent("eyeson-bridge-control"));
        Assert.Null(_connection.Problem);
        Fail(NobodyAnswers());

        Assert.Equal(1, _log.Count(ThereAgain));
        Assert.Equal(2, _log.Count(Unreachable));
    }

    [Fact(Timeout = 60_000)]
    public async Task Refusal_AgainAndAgain_IsSaidOnceAtErrorLevelUntilTheControlQueueIsRead()
    {
        await _connection.Ready(new EndpointEvent("answers")); // that of the bus is not declared yet
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Fail(new MassTransitException("wrapped", Refused("ACCESS_REFUSED - access to queue 'q' in vhost '/' refused for user 'u'", classId: 50, methodId: 10)));
            Fail(new MassTransitException("wrapped", new ObjectDisposedException("of the client's")));
            await _connection.Doubts.WaitAsync(TestContext.Current.CancellationToken);
            _connection.NoteRefused("what was found out");
        }

        Assert.Empty(_library.Texts);
        Assert.Equal(LogLevel.Error, Assert.Single(_log.Entries(Refuses)).Level);
        Assert.Equal("what was found out", _connection.Problem);

        await _connection.Ready(new EndpointEvent("eyeson-bridge-control"));
        Assert.Equal(1, _log.Count(ThereAgain));
        Fail(Refused("ACCESS_REFUSED - access to exchange 'answers' in vhost '/' refused for user 'u'", classId: 40, methodId: 10));
        Assert.Null(_connection.Problem); // that is about an answer
        Assert.Single(_library.Texts);
    }

    [Fact]
    public void Log_MessageThatCameBack_IsLeftOut()
    {
        Fail(new MessageReturnedException("NO_ROUTE"));

        Assert.Empty(_library.Texts);
        Assert.Empty(_log.Texts);
    }

    [Fact]
    public void Log_AnythingElse_IsLoggedAsItIs()
    {
        Fail(new TimeoutException("too slow"));
        _logger.Log(LogLevel.Warning, 7, "text", exception: null, static (text, _) => text);

        Assert.Equal(2, _library.Texts.Count);
        Assert.Contains("too slow", _library.Texts[0], StringComparison.Ordinal);
        Assert.Equal(LogLevel.Warning, Assert.Single(_library.Entries(7)).Level);
    }

    private static BrokerUnreachableException NobodyAnswers() => new(new AggregateException(new SocketException()));

    private static OperationInterruptedException Refused(string text, ushort classId, ushort methodId) =>
        new(new ShutdownEventArgs(ShutdownInitiator.Peer, 403, text, classId, methodId));

    private void Fail(Exception error) => _logger.Log(LogLevel.Error, 0, "S-FAULT", error, static (text, _) => text);
}
