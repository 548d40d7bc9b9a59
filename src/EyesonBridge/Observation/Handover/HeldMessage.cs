using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Observation.Handover;

/// <summary>A frame that was heard before the room was handed over.</summary>
/// <param name="Message">The message, with a body of its own.</param>
/// <param name="Mark">Its mark.</param>
/// <param name="IsMessage">False for a frame that is no message.</param>
/// <param name="HeardAt">Timestamp of when it was heard.</param>
internal readonly record struct HeldMessage(CableMessage Message, ulong Mark, bool IsMessage, long HeardAt);
