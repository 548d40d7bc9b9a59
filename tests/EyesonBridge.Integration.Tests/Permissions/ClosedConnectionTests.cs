using System.Threading.Channels;
using EyesonBridge.Bus.Access;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Integration.Tests.Permissions;

/// <summary>The broker closes the connection at the moment when something is sent over it.</summary>
public sealed class ClosedConnectionTests(RefusedUsers users) : IClassFixture<RefusedUsers>
{
    [Fact]
    public async Task ExplainAsync_NothingCanBeSentAnyMore_SaysWhatTheBrokerSaid()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = await new ConnectionFactory { Uri = users.Outsider, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellation);
        connection.ConnectionShutdownAsync += NoteAsync;
        if (!connection.IsOpen)
            closed.TrySetResult();

        var refused = await Assert.ThrowsAsync<OperationInterruptedException>(() => ClosedConnection.ExplainAsync<int>(connection, async () =>
        {
            await closed.Task.WaitAsync(cancellation);
            throw new ChannelClosedException(); // as from a channel that is opened just then
        }));

        Assert.Contains("does not let user", BrokerRefusal.Explain(users.Outsider, refused), StringComparison.Ordinal);

        Task NoteAsync(object sender, ShutdownEventArgs shutdown)
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
