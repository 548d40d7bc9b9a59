using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>Why an observation ended.</summary>
/// <remarks>Serialized as its name in camelCase.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<ObservationEndReason>))]
public enum ObservationEndReason
{
    /// <summary>The meeting is over.</summary>
    MeetingEnded,

    /// <summary>The observation is no longer requested.</summary>
    Stopped,
}
