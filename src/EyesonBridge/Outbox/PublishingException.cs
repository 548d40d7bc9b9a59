namespace EyesonBridge.Outbox;

/// <summary>An event cannot be published; the message says why, in words for an operator.</summary>
internal sealed class PublishingException(string message, Exception? innerException = null) : Exception(message, innerException);
