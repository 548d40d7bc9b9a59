namespace EyesonBridge.Observation.Room;

/// <summary>Reasons as they are stored: as in messages, in camelCase.</summary>
internal static class Reasons
{
    public static string Name<TReason>(TReason reason)
        where TReason : struct, Enum
    {
        var name = reason.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
