namespace EyesonBridge.Control;

/// <summary>
/// A command that cannot be carried out and that nobody waits for an answer to. It ends in the error queue with this
/// exception's message as the reason.
/// </summary>
internal sealed class CommandRejectedException(string code, string message) : Exception($"{code}: {message}");
