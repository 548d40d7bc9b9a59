namespace EyesonBridge.Storage;

/// <summary>The store cannot be used. The message says what is wrong, where, and what to do.</summary>
internal sealed class StoreException : Exception
{
    /// <summary>True when another process has the store open: nothing is wrong with it.</summary>
    public bool IsInUse { get; init; }

    public StoreException()
    {
    }

    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>There is no store.</summary>
    /// <param name="place">Where it should be.</param>
    public static StoreException Missing(string place) => new(
        $"The store {place} does not exist. Name the bridge's own in Store:ConnectionString (Store__ConnectionString); the bridge makes it when it first starts.");
}
