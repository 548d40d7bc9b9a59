using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

/// <summary>Keeps what the store hands over.</summary>
internal sealed class OutboxReceiver : IOutboxReceiver
{
    private readonly List<OutboxEntry> _entries = [];

    public IReadOnlyList<OutboxEntry> Entries
    {
        get
        {
            lock (_entries)
                return [.. _entries];
        }
    }

    public void Committed(IReadOnlyList<OutboxEntry> entries)
    {
        lock (_entries)
            _entries.AddRange(entries);
    }
}
