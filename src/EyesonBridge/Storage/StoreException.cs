namespace EyesonBridge.Storage;

/// <summary>The store cannot be used. The message says what is wrong, where, and what to do.</summary>
internal sealed class StoreException : Exception
{
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
}
