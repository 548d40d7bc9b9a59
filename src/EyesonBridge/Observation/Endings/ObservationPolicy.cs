using EyesonBridge.Accounts;

namespace EyesonBridge.Observation.Endings;

/// <summary>The one place that decides what comes after an ending.</summary>
/// <remarks>
/// Eyeson answers a bad key and a room that does not run alike, and a close code says nothing; so what is final is
/// decided from <c>shutdown: true</c>, from <c>disconnect</c> messages, and from <c>GET /rooms</c>. All else reconnects.
/// </remarks>
internal static class ObservationPolicy
{
    /// <summary>The next step; <see cref="NextStep.AskRooms"/> only while <paramref name="lookup"/> is not asked.</summary>
    public static NextStep Next(ObservationEnding ending, RoomPast past, RoomLookup lookup) => ending switch
    {
        ObservationEnding.MeetingShutdown => NextStep.EndMeeting,
        ObservationEnding.NotWanted => NextStep.EndStopped,
        ObservationEnding.LeaseLost or ObservationEnding.ShuttingDown => NextStep.Leave,
        ObservationEnding.AccountMissing => NextStep.RejectAccount,
        ObservationEnding.Refused or ObservationEnding.ServerFinal => AfterRefusal(past, lookup, isSureOf: lookup == RoomLookup.Running),
        ObservationEnding.SubscriptionRejected => AfterRefusal(past, lookup, isSureOf: true),
        ObservationEnding.KeyKnownRefused => AfterKeyRefused(past),
        _ => NextStep.Reconnect,
    };

    private static NextStep AfterKeyRefused(RoomPast past) => past.WasObserved ? NextStep.Suspend : NextStep.RejectKey;

    /// <param name="past">What has been so far.</param>
    /// <param name="lookup">What <c>GET /rooms</c> says.</param>
    /// <param name="isSureOf">True when it is this room that is refused, not the key, and not a room that does not run.</param>
    private static NextStep AfterRefusal(RoomPast past, RoomLookup lookup, bool isSureOf) => lookup switch
    {
        RoomLookup.NotAsked => NextStep.AskRooms,
        RoomLookup.KeyRefused => AfterKeyRefused(past),
        RoomLookup.NotRunning when past.WasObserved => NextStep.ConcludeMeeting,
        RoomLookup.NotRunning when past.MayWait => NextStep.Wait,
        RoomLookup.NotRunning => NextStep.RejectNotRunning,
        _ when isSureOf && past is { IsRefusedForLong: true, WasObserved: false, MayWait: false } => NextStep.RejectRefused,
        _ => NextStep.Insist,
    };
}
