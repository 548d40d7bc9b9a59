using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>Writes an enum as its name in camelCase, and reads it. Public because generated serializers need it.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
