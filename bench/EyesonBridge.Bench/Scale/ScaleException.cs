namespace EyesonBridge.Bench.Scale;

/// <summary>The simulation saw what must never be.</summary>
internal sealed class ScaleException : Exception
{
    public ScaleException()
    {
    }

    public ScaleException(string message)
        : base(message)
    {
    }

    public ScaleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
