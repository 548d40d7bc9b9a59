using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>
/// What was taken up lately, so that a delivery that somebody recorded and sends again leads to nothing: a body is taken up
/// once, and not at all when it says that it is older than <see cref="WebhookOptions.ReplayWindow"/>.
/// </summary>
internal sealed class TakenWebhooks(IOptions<WebhookOptions> options, TimeProvider time)
{
    /// <summary>The oldest are forgotten above that; what a delivery leads to has no effect a second time as long as the room is known.</summary>
    private const int MostRemembered = 20_000;

    private readonly Lock _gate = new();
    private readonly HashSet<UInt128> _known = [];
    private readonly Queue<(UInt128 Body, DateTimeOffset At)> _inOrder = new();

    /// <summary>What a body is remembered by.</summary>
    public static UInt128 KeyOf(string account, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes(account));
        sha.AppendData([0]);
        sha.AppendData(body);
        sha.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>True when the body says that it is too old.</summary>
    public bool IsTooOld(ReadOnlySpan<byte> body) =>
        TimestampOf(body) is { } sent && sent < time.GetUtcNow() - options.Value.ReplayWindow;

    /// <summary>True when it was taken up already.</summary>
    public bool Knows(UInt128 body)
    {
        lock (_gate)
        {
            Forget();
            return _known.Contains(body);
        }
    }

    /// <summary>It was taken up, and is on disk.</summary>
    public void Note(UInt128 body)
    {
        lock (_gate)
        {
            Forget();
            if (_known.Add(body))
                _inOrder.Enqueue((body, time.GetUtcNow()));
        }
    }

    private void Forget()
    {
        var since = time.GetUtcNow() - options.Value.ReplayWindow;
        while (_inOrder.TryPeek(out var oldest) && (_inOrder.Count >= MostRemembered || oldest.At < since))
            _known.Remove(_inOrder.Dequeue().Body);
    }

    /// <summary>The member <c>timestamp</c>, in Unix seconds; null when there is none that can be read.</summary>
    private static DateTimeOffset? TimestampOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = reader.ValueTextEquals("timestamp"u8);
                reader.Read();
                if (isIt)
                    return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds) ? At(seconds) : null;
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter for half of a surrogate pair
        {
            // What cannot be read is told by who reads the rest.
        }

        return null;
    }

    private static DateTimeOffset? At(long seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
