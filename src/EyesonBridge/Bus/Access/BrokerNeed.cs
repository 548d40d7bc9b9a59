namespace EyesonBridge.Bus.Access;

/// <summary>A permission that somebody cannot do without.</summary>
/// <param name="Permission">Which.</param>
/// <param name="IsQueue">For a queue; otherwise for an exchange.</param>
/// <param name="Name">Name of the queue or exchange.</param>
/// <param name="BoundTo">For <see cref="BrokerPermission.Read"/> of an exchange: another exchange that may be written to, as what is bound to it must be.</param>
internal sealed record BrokerNeed(BrokerPermission Permission, bool IsQueue, string Name, string? BoundTo = null)
{
    public override string ToString() => $"{Permission.ToString().ToLowerInvariant()} {(IsQueue ? "queue" : "exchange")} '{Name}'";
}
