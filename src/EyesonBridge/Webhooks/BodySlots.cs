using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>
/// How many bodies are read at the same time before it is known who sent them, in all and for each account that is named.
/// When all slots are taken, the oldest gives way, so a few bodies that are sent slowly keep nobody out.
/// </summary>
internal sealed class BodySlots(IOptions<WebhookOptions> options, TimeProvider time)
{
    /// <summary>For how long a body may take when others wait: those from Eyeson arrive at once.</summary>
    private static readonly TimeSpan Undisturbed = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<BodySlot> _taken = [];

    /// <summary>Takes a slot; null when there is none, and none that gives way.</summary>
    /// <param name="account">The account that the request names, whether there is such a one or not.</param>
    public BodySlot? TryTake(string account)
    {
        BodySlot? givesWay = null;
        BodySlot slot;
        lock (_gate)
        {
            var ofAccount = _taken.Count(taken => taken.IsOf(account));
            if (_taken.Count >= options.Value.MaxConcurrent || ofAccount >= options.Value.MaxConcurrentPerAccount)
            {
                givesWay = ofAccount >= options.Value.MaxConcurrentPerAccount ? _taken.First(taken => taken.IsOf(account)) : _taken.First!.Value;
                if (time.GetElapsedTime(givesWay.Since) < Undisturbed)
                    return null;
                _taken.Remove(givesWay.Node);
            }

            slot = new BodySlot(this, account, time.GetTimestamp(), options.Value.BodyTimeout, time);
            _taken.AddLast(slot.Node);
        }

        givesWay?.GiveWay();
        return slot;
    }

    /// <summary>Gives a slot back.</summary>
    public void Return(BodySlot slot)
    {
        lock (_gate)
        {
            if (slot.Node.List is not null)
                _taken.Remove(slot.Node);
        }
    }
}
