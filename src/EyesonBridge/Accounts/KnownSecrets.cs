using EyesonBridge.Meetings;

namespace EyesonBridge.Accounts;

/// <summary>
/// The secrets that this process knows: the API keys of accounts, and the tokens and access keys that it was given or gave
/// out lately. Nothing else than memory holds these.
/// </summary>
internal sealed class KnownSecrets(AccountKeys keys) : ISecretValues
{
    /// <summary>The oldest is forgotten above that.</summary>
    private const int MostRemembered = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<(string RoomId, string Secret)> _inOrder = new();

    /// <summary>A token or an access key of a room.</summary>
    public void Note(string roomId, string secret)
    {
        lock (_gate)
        {
            if (_inOrder.Count >= MostRemembered)
                _inOrder.Dequeue();
            _inOrder.Enqueue((roomId, secret));
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> Of(string account, string roomId)
    {
        List<string> found;
        lock (_gate)
            found = [.. _inOrder.Where(known => string.Equals(known.RoomId, roomId, StringComparison.Ordinal)).Select(known => known.Secret)];

        if (keys.TryGetKey(account, out var apiKey))
            found.Add(apiKey);
        return found;
    }
}
