using System.Collections.Concurrent;

namespace EyesonBridge.Simulator;

/// <summary>All permalinks, and which id and which token leads to which: thousands are asked for at once.</summary>
internal sealed class PermalinkIndex
{
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, SimulatedPermalink> _permalinks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SimulatedPermalink> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<SimulatedPermalink> All
    {
        get
        {
            lock (_gate)
                return [.. _permalinks.Values];
        }
    }

    public SimulatedPermalink? Find(string idOrToken) => _names.GetValueOrDefault(idOrToken);

    public void Add(SimulatedPermalink permalink)
    {
        lock (_gate)
            _permalinks.Add(permalink.Id, permalink);
        Name(permalink.Id, permalink);
        Name(permalink.GuestToken, permalink);
    }

    public void Name(string token, SimulatedPermalink permalink) => _names[token] = permalink;

    public void Forget(string token) => _names.TryRemove(token, out _);

    public bool Remove(string id)
    {
        lock (_gate)
        {
            if (!_permalinks.Remove(id, out var permalink))
                return false;

            foreach (var name in (IEnumerable<string>)[permalink.Id, permalink.GuestToken, .. permalink.UserTokens])
                Forget(name);
            return true;
        }
    }
}
