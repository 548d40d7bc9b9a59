using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>Sends what a line has to send: opens a channel when there is something, and another when that is lost.</summary>
/// <param name="line">Whose rooms.</param>
/// <param name="isApart">True for the rooms that are published apart from the others.</param>
/// <param name="publisher">Opens channels.</param>
/// <param name="state">Told how it goes.</param>
/// <param name="lease">Nothing is sent while it is not held.</param>
/// <param name="time">Clock of the pauses.</param>
internal sealed class LineSender(PublishLine line, bool isApart, IEventPublisher publisher, PublishingState state, ReplicaLease lease, TimeProvider time) : IPublishReceipts
{
    private const int AtOnce = 64;

    private static readonly TimeSpan RetryWithin = TimeSpan.FromSeconds(1);

    private static readonly PublishingException ChannelClosed = new("the channel was closed");

    private readonly PublishReceipt[] _next = new PublishReceipt[AtOnce];
    private readonly ConfirmOutcome _outcome = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource? _channelLost;
    private volatile bool _isLost;
    private volatile bool _isToPause;

    private WorkSignal HasWork => isApart ? line.HasTroubledWork : line.HasWork;

    /// <summary>Sends until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await HasWork.WaitAsync(cancellationToken);
                await Task.Yield(); // to connect is nothing for a guest
                HasWork.Set();
                await SendAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // a transport can fail in any way; the events stay in the outbox and are sent again
            catch (Exception error)
            {
                Lost(error, isFaultOfAnEvent: false);
                await PauseAsync(cancellationToken);
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>Gives up the channel: nothing on it is confirmed.</summary>
    public void GiveUp(Exception reason) => Lost(reason, isFaultOfAnEvent: false);

    public void Confirmed(Span<PublishReceipt> receipts)
    {
        var confirmed = line.Confirm(receipts, _outcome);
        state.NoteUnrouted(_outcome.Unrouted);
        state.NoteGoOn(_outcome.GoOn);
        _outcome.Clear();
        if (!confirmed.IsEmpty)
            state.NoteConfirmed(confirmed);
    }

    public void Refused(PublishReceipt receipt, Exception reason)
    {
        if (reason is NotSupportedException or System.Text.Json.JsonException)
        {
            line.Block(receipt, reason);
            state.NoteUnreadable(receipt.Publication.Entry, reason);
        }
        else if (line.Fail(receipt, reason))
        {
            NoteRefused(receipt.Publication, reason);
        }
    }

    public void Blocked(Exception reason) => line.NoteBlocked(isApart, reason);

    public void Unblocked()
    {
        state.NoteUnblocked(); // before anything is confirmed again
        line.NoteUnblocked(isApart);
    }

    public void Lost(Exception reason, bool isFaultOfAnEvent)
    {
        CancellationTokenSource? channel;
        lock (_gate)
        {
            channel = _channelLost;
            (_isToPause, _isLost) = (!isFaultOfAnEvent, channel is not null); // one that is opened from now on is not meant
        }

        var culprit = line.Lose(isApart, reason, isFaultOfAnEvent); // before the sending ends: that takes back what is left, as nobody's fault
        lock (_gate)
        {
            if (ReferenceEquals(channel, _channelLost)) // not the next one, when the sending has ended by itself
                channel?.Cancel();
        }

        if (culprit is not null)
            NoteRefused(culprit, reason);
        else if (!line.IsEmpty) // a channel that nobody needs now is opened again when somebody does
            state.NoteLost(reason);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate)
            (_channelLost, _isLost) = (lost, false);
        try
        {
            await using var channel = await publisher.OpenAsync(this, lost.Token);
            var isGuest = false;
            while (true)
            {
                var wait = HasWork.WaitAsync(out var isKept, lost.Token);
                if (isGuest && isKept)
                    await Task.Yield(); // whoever committed has more to commit
                isGuest = await wait;
                await WhenHeldAsync(lost.Token);
                int count;
                for (var batch = 0; !_isLost && (count = line.Take(_next, isApart)) > 0; batch++)
                {
                    if (isGuest && batch > 0)
                    {
                        await Task.Yield();
                        isGuest = false;
                    }

                    for (var index = 0; index < count; index++)
                    {
                        await WhenHeldAsync(lost.Token); // looked at before each: a process can be frozen anywhere
                        if (_next[index].IsCurrent)
                            await channel.SendAsync(_next[index], lost.Token);
                    }
                }
            }
        }
#pragma warning disable CA1031 // what was told about the loss has been noted already
        catch (Exception) when (_isLost && !cancellationToken.IsCancellationRequested)
        {
            if (_isToPause) // after an event was at fault it is that room which pauses
                await PauseAsync(cancellationToken);
        }
#pragma warning restore CA1031
        finally
        {
            lock (_gate)
                _channelLost = null;
            line.Lose(isApart, ChannelClosed, isFaultOfAnEvent: false); // what was taken while it was being lost
        }
    }

    private void NoteRefused(Publication publication, Exception reason) =>
        state.NoteRefused(publication, reason, isToBeTold: line.TryTell(publication));

    private ValueTask WhenHeldAsync(CancellationToken cancellationToken) =>
        lease.IsHeld ? ValueTask.CompletedTask : new ValueTask(lease.WhenHeldAsync(cancellationToken));

    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(Jitter.Within(RetryWithin), time, cancellationToken)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
