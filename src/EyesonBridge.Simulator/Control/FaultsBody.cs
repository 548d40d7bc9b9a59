namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>PATCH …/faults</c>. Only what is given changes; delays are seconds, -1 is for ever.</summary>
internal sealed record FaultsBody(
    bool? MutePings = null,
    bool? MuteAll = null,
    double? WelcomeDelay = null,
    double? ConfirmationDelay = null,
    bool? RejectSubscriptions = null,
    int? IgnoreSubscribes = null,
    int? RefuseUpgradeWith = null,
    int? RestStatus = null,
    bool? RejectHistory = null,
    bool? MuteHistory = null,
    bool? ForgetSessions = null,
    int? HistoryOverlap = null)
{
    public void ApplyTo(SimulatorFaults faults)
    {
        faults.MutePings = MutePings ?? faults.MutePings;
        faults.MuteAll = MuteAll ?? faults.MuteAll;
        faults.WelcomeDelay = Delay(WelcomeDelay) ?? faults.WelcomeDelay;
        faults.ConfirmationDelay = Delay(ConfirmationDelay) ?? faults.ConfirmationDelay;
        faults.RejectSubscriptions = RejectSubscriptions ?? faults.RejectSubscriptions;
        faults.IgnoreSubscribes = IgnoreSubscribes ?? faults.IgnoreSubscribes;
        faults.RefuseUpgradeWith = RefuseUpgradeWith ?? faults.RefuseUpgradeWith;
        faults.RestStatus = RestStatus ?? faults.RestStatus;
        faults.RejectHistory = RejectHistory ?? faults.RejectHistory;
        faults.MuteHistory = MuteHistory ?? faults.MuteHistory;
        faults.ForgetSessions = ForgetSessions ?? faults.ForgetSessions;
        faults.HistoryOverlap = HistoryOverlap ?? faults.HistoryOverlap;
    }

    private static TimeSpan? Delay(double? seconds) => seconds switch
    {
        null => null,
        < 0 => Timeout.InfiniteTimeSpan,
        { } given => TimeSpan.FromSeconds(given),
    };
}
