using EyesonBridge.Outbox;

namespace EyesonBridge.Bus;

/// <summary>
/// What was published on a channel and is not settled, by its delivery tag: 1, 2, 3 … The broker settles one, or all up to
/// one, in any order. Not thread-safe.
/// </summary>
/// <remarks>See <see href="https://www.rabbitmq.com/docs/confirms#publisher-confirms">publisher confirms</see>.</remarks>
internal sealed class PendingConfirms
{
    private PublishReceipt?[] _ring = new PublishReceipt?[256];
    private ulong _oldest = 1;
    private ulong _next = 1;

    /// <summary>How many tags are between the oldest that is not settled and the newest.</summary>
    public int Count => (int)(_next - _oldest);

    /// <summary>Adds what gets the next tag.</summary>
    public void Add(PublishReceipt receipt)
    {
        if (Count == _ring.Length)
            Advance();
        if (Count == _ring.Length)
            Grow();
        _ring[Index(_next++)] = receipt;
    }

    /// <summary>Takes away what gets no tag, as it was not published.</summary>
    public void RemoveLast() => _ring[Index(--_next)] = null;

    /// <summary>Takes away what is settled.</summary>
    /// <param name="tag">The delivery tag.</param>
    /// <param name="isMultiple">True when everything before it is settled too.</param>
    /// <param name="settled">Gets what that is, in order.</param>
    public void Settle(ulong tag, bool isMultiple, List<PublishReceipt> settled)
    {
        if (tag < _oldest || tag >= _next)
            return;

        for (var each = isMultiple ? _oldest : tag; each <= tag; each++)
        {
            ref var place = ref _ring[Index(each)];
            if (place is { } receipt)
                settled.Add(receipt);
            place = null;
        }

        Advance();
    }

    /// <summary>Marks what the broker returned, for want of a queue; its confirm follows.</summary>
    public void MarkUnrouted(Guid eventId)
    {
        for (var each = _oldest; each < _next; each++)
        {
            ref var place = ref _ring[Index(each)];
            if (place is { IsRouted: true } receipt && receipt.Publication.Entry.EventId == eventId)
            {
                place = receipt with { IsRouted = false };
                return;
            }
        }
    }

    /// <summary>
    /// Leaves behind what is settled, and what was given up: that may never be confirmed, and must not keep the places of
    /// all that is published after it. The newest stays, as it may not be published yet.
    /// </summary>
    private void Advance()
    {
        while (_oldest < _next && (_ring[Index(_oldest)] is not { } receipt || (!receipt.IsCurrent && _oldest < _next - 1)))
            _ring[Index(_oldest++)] = null;
    }

    private int Index(ulong tag) => (int)(tag & (ulong)(_ring.Length - 1));

    private void Grow()
    {
        var former = _ring;
        _ring = new PublishReceipt?[former.Length * 2];
        for (var each = _oldest; each < _next; each++)
            _ring[Index(each)] = former[(int)(each & (ulong)(former.Length - 1))];
    }
}
