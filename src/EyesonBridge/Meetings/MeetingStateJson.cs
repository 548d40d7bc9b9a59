using System.Text.Json.Serialization;

namespace EyesonBridge.Meetings;

/// <summary>The meeting's state as the store keeps it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MeetingState))]
internal sealed partial class MeetingStateJson : JsonSerializerContext;
