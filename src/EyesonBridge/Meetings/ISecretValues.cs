namespace EyesonBridge.Meetings;

/// <summary>The secrets that are known by their value.</summary>
internal interface ISecretValues
{
    /// <summary>Those that what is received from a room could hold.</summary>
    IEnumerable<string> Of(string account, string roomId);
}
