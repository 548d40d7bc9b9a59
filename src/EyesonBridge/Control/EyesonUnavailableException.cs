using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Control;

/// <summary>Eyeson gave no answer that decides a command. It is tried again, and then ends in the error queue.</summary>
internal sealed class EyesonUnavailableException(RestOutcome outcome, int? status)
    : Exception($"Eyeson gave no answer that decides this ({outcome}{(status is { } code ? $", HTTP {code}" : "")}).");
