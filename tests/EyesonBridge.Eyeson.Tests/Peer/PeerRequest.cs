namespace EyesonBridge.Eyeson.Tests.Peer;

/// <summary>What an upgrade asked for.</summary>
internal sealed record PeerRequest(string Path, string Query, string? Authorization, IReadOnlyList<string> Protocols);
