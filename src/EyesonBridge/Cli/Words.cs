using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary>Names as people read them.</summary>
internal static class Words
{
    public static string Of(ObservationStatus status) => status switch
    {
        ObservationStatus.Waiting => "waiting",
        ObservationStatus.Connecting => "connecting",
        ObservationStatus.Observing => "observing",
        ObservationStatus.Interrupted => "interrupted",
        ObservationStatus.Ended => "ended",
        _ => "rejected",
    };
}
