namespace EyesonBridge.Outbox;

/// <summary>What follows from confirms, to be told to others.</summary>
internal sealed class ConfirmOutcome
{
    /// <summary>
    /// The types of events that the broker had no queue for, once they are done with: one before which something is not
    /// confirmed may be sent again, and then be routed.
    /// </summary>
    public List<string> Unrouted { get; } = [];

    /// <summary>Rooms that go on, of which it was said that they are held up.</summary>
    public List<string> GoOn { get; } = [];

    /// <summary>Forgets it.</summary>
    public void Clear()
    {
        Unrouted.Clear();
        GoOn.Clear();
    }
}
