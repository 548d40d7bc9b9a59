using EyesonBridge.Accounts;
using EyesonBridge.Observation.Endings;

namespace EyesonBridge.Tests.Observation.Endings;

public sealed class ObservationPolicyTests
{
    private static readonly RoomPast[] Histories =
    [
        new(WasObserved: false, MayWait: false), new(WasObserved: false, MayWait: true),
        new(WasObserved: true, MayWait: false), new(WasObserved: true, MayWait: true),
        new(WasObserved: false, MayWait: false, IsRefusedForLong: true), new(WasObserved: false, MayWait: true, IsRefusedForLong: true),
        new(WasObserved: true, MayWait: false, IsRefusedForLong: true),
    ];

    /// <summary>What no history and no lookup changes.</summary>
    private static readonly Dictionary<ObservationEnding, NextStep> Always = new()
    {
        [ObservationEnding.MeetingShutdown] = NextStep.EndMeeting,
        [ObservationEnding.ServerDisconnected] = NextStep.Reconnect,
        [ObservationEnding.ServerClosed] = NextStep.Reconnect,
        [ObservationEnding.ConnectionLost] = NextStep.Reconnect,
        [ObservationEnding.Silent] = NextStep.Reconnect,
        [ObservationEnding.HandshakeFailed] = NextStep.Reconnect,
        [ObservationEnding.AccountMissing] = NextStep.RejectAccount,
        [ObservationEnding.NotWanted] = NextStep.EndStopped,
        [ObservationEnding.LeaseLost] = NextStep.Leave,
        [ObservationEnding.ShuttingDown] = NextStep.Leave,
    };

    /// <summary>After a refusal, whichever it was: never observed, never observed but may wait, observed before.</summary>
    private static readonly Dictionary<RoomLookup, (NextStep Never, NextStep Waiting, NextStep Before)> AfterRefusal = new()
    {
        [RoomLookup.NotAsked] = (NextStep.AskRooms, NextStep.AskRooms, NextStep.AskRooms),
        [RoomLookup.Running] = (NextStep.Insist, NextStep.Insist, NextStep.Insist),
        [RoomLookup.NotRunning] = (NextStep.RejectNotRunning, NextStep.Wait, NextStep.ConcludeMeeting),
        [RoomLookup.KeyRefused] = (NextStep.RejectKey, NextStep.RejectKey, NextStep.Suspend),
        [RoomLookup.Unknown] = (NextStep.Insist, NextStep.Insist, NextStep.Insist),
    };

    [Fact]
    public void Next_EveryEndingHistoryAndLookup_FollowsTheTable() =>
        Assert.All(
            from ending in Enum.GetValues<ObservationEnding>()
            from history in Histories
            from lookup in Enum.GetValues<RoomLookup>()
            select (ending, history, lookup),
            given => Assert.Equal(Expected(given.ending, given.history, given.lookup), ObservationPolicy.Next(given.ending, given.history, given.lookup)));

    private static NextStep Expected(ObservationEnding ending, RoomPast history, RoomLookup lookup)
    {
        if (ending == ObservationEnding.KeyKnownRefused)
            return history.WasObserved ? NextStep.Suspend : NextStep.RejectKey;
        if (ending is not (ObservationEnding.Refused or ObservationEnding.ServerFinal or ObservationEnding.SubscriptionRejected))
            return Always[ending];

        if ((lookup == RoomLookup.Running || (lookup == RoomLookup.Unknown && ending == ObservationEnding.SubscriptionRejected)) && history is { WasObserved: false, MayWait: false, IsRefusedForLong: true })
            return NextStep.RejectRefused;

        var (never, waiting, before) = AfterRefusal[lookup];
        return history switch
        {
            { WasObserved: true } => before,
            { MayWait: true } => waiting,
            _ => never,
        };
    }
}
