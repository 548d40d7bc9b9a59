using EyesonBridge.Testing.Network;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>Holds back what a server answers while it is closed.</summary>
internal sealed class AnswerGate : IRelayTap
{
    private volatile TaskCompletionSource? _closed;

    public void Close() => _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _closed?.SetResult();

    public ValueTask<bool> SentAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public async ValueTask<bool> AnsweredAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_closed is { } closed)
            await closed.Task.WaitAsync(cancellationToken);
        return true;
    }
}
