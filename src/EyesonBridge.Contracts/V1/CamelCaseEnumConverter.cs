using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>Writes an enum as its name in camelCase, and reads it back.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
