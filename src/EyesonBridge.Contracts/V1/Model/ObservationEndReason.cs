using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>Why an observation ended.</summary>
/// <remarks>Travels as its name in camelCase.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<ObservationEndReason>))]
public enum ObservationEndReason
{
    /// <summary>The meeting is over.</summary>
    MeetingEnded,

    /// <summary>Nobody wants the room observed any more.</summary>
    Stopped,
}
