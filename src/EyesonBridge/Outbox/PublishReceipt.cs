namespace EyesonBridge.Outbox;

/// <summary>What became of one attempt to publish.</summary>
/// <param name="Publication">What was published.</param>
/// <param name="Attempt">Which attempt it was.</param>
/// <param name="IsRouted">False when the broker had no queue for it.</param>
internal readonly record struct PublishReceipt(Publication Publication, int Attempt, bool IsRouted = true)
{
    /// <summary>False when it was given up meanwhile: what becomes of it counts no more.</summary>
    public bool IsCurrent => Publication.Attempt == Attempt;
}
