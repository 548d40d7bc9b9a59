using System.Text;

namespace EyesonBridge.Tests.Meetings;

/// <summary>A body that is heard; or, without one, the conclusion that the meeting is over.</summary>
public sealed record WireFrame(byte[]? Body)
{
    public static WireFrame Conclusion { get; } = new((byte[]?)null);

    public override string ToString() => Body is null ? "(concluded)" : Encoding.UTF8.GetString(Body);
}
