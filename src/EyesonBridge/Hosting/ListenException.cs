namespace EyesonBridge.Hosting;

/// <summary>The management port cannot be opened; the message says why, and what to do.</summary>
internal sealed class ListenException(string message, Exception inner) : Exception(message, inner);
