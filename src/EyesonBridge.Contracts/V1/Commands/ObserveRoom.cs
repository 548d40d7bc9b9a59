namespace EyesonBridge.Contracts.V1;

/// <summary>Asks the bridge to observe a room. Idempotent.</summary>
/// <remarks>
/// <para>Answered by <see cref="ObservationAccepted"/> or <see cref="CommandRejected"/> when sent as a request.</para>
/// <para>
/// Like every command, it goes to the exchange <c>eyeson-bridge-control</c>. Before a bridge has ever run there is no queue
/// behind it, and commands are lost. A service that can be there first declares the queue and its binding, in the form that the
/// bridge declares them in:
/// <code>
/// await channel.ExchangeDeclareAsync("eyeson-bridge-control", ExchangeType.Fanout, durable: true);
/// await channel.QueueDeclareAsync("eyeson-bridge-control", durable: true, exclusive: false, autoDelete: false, new Dictionary&lt;string, object?&gt; { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 5, ["x-single-active-consumer"] = true, ["x-dead-letter-exchange"] = "eyeson-bridge-control_undeliverable" });
/// await channel.QueueBindAsync("eyeson-bridge-control", "eyeson-bridge-control", "");
/// </code>
/// </para>
/// </remarks>
public sealed record ObserveRoom
{
    /// <summary>Id of the room at Eyeson: 1 to 128 printable characters without white space, at most 255 bytes in UTF-8.</summary>
    public required string RoomId { get; init; }

    /// <summary>Name of the configured account whose API key started the room; <c>default</c> if omitted.</summary>
    public string? Account { get; init; }

    /// <summary>Until when to wait for a room that is not running yet, UTC. If omitted, a room that is not running is rejected.</summary>
    public DateTimeOffset? WaitUntil { get; init; }

    /// <summary>
    /// For how many seconds, 1 to 60, the answer may wait until the observation runs or is rejected, so that it says which. If
    /// omitted, the answer comes at once and says only that the room is registered.
    /// </summary>
    public int? Confirm { get; init; }
}
