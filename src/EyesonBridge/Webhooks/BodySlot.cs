namespace EyesonBridge.Webhooks;

/// <summary>The right to read one body; disposing of it gives the right back.</summary>
internal sealed class BodySlot : IDisposable
{
    private readonly BodySlots _slots;
    private readonly string _account;
    private readonly CancellationTokenSource _ended;

    public BodySlot(BodySlots slots, string account, long since, TimeSpan within, TimeProvider time)
    {
        _slots = slots;
        _account = account;
        _ended = new CancellationTokenSource(within, time);
        Since = since;
        Node = new LinkedListNode<BodySlot>(this);
    }

    /// <summary>When it was taken, as a timestamp.</summary>
    public long Since { get; }

    /// <summary>Its place among those that are taken.</summary>
    public LinkedListNode<BodySlot> Node { get; }

    /// <summary>Cancelled when the time for the body is up, and when it has to give way.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>True when it was taken for this account.</summary>
    public bool IsOf(string account) => string.Equals(_account, account, StringComparison.OrdinalIgnoreCase);

    /// <summary>Another body takes its place.</summary>
    public void GiveWay()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just been read to its end.
        }
    }

    public void Dispose()
    {
        _slots.Return(this);
        _ended.Dispose();
    }
}
