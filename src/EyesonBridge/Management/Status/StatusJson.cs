using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyesonBridge.Management.Status;

/// <summary>Generated code for the JSON of what is told of the bridge.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BridgeStatus))]
[JsonSerializable(typeof(RoomStatusPage))]
[JsonSerializable(typeof(RoomDetails))]
[JsonSerializable(typeof(RoomReport))]
[JsonSerializable(typeof(ReplicaReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
