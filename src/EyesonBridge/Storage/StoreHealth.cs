namespace EyesonBridge.Storage;

/// <summary>Whether writes go through.</summary>
/// <param name="IsWritable">False while writes keep failing and are being retried.</param>
/// <param name="Problem">What is wrong and what to do, for people; null when all is well.</param>
internal sealed record StoreHealth(bool IsWritable, string? Problem = null)
{
    /// <summary>All is well.</summary>
    public static StoreHealth Healthy { get; } = new(IsWritable: true);
}
