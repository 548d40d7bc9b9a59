using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Endings;

namespace EyesonBridge.Tests.Observation.Endings;

public sealed class EndingClassifierTests
{
    private static readonly Dictionary<CableEndingKind, ObservationEnding> Plain = new()
    {
        [CableEndingKind.Stopped] = ObservationEnding.HandshakeFailed, // nobody asked for it: never classified while somebody did
        [CableEndingKind.Disconnected] = ObservationEnding.ServerDisconnected,
        [CableEndingKind.Finished] = ObservationEnding.MeetingShutdown,
        [CableEndingKind.Closed] = ObservationEnding.ServerClosed,
        [CableEndingKind.Reset] = ObservationEnding.ConnectionLost,
        [CableEndingKind.Silent] = ObservationEnding.Silent,
        [CableEndingKind.ConnectFailed] = ObservationEnding.HandshakeFailed,
        [CableEndingKind.UpgradeRefused] = ObservationEnding.HandshakeFailed,
        [CableEndingKind.WelcomeTimedOut] = ObservationEnding.HandshakeFailed,
        [CableEndingKind.ConfirmTimedOut] = ObservationEnding.HandshakeFailed,
        [CableEndingKind.SubscriptionRejected] = ObservationEnding.SubscriptionRejected,
        [CableEndingKind.ProtocolViolation] = ObservationEnding.ConnectionLost,
    };

    [Fact]
    public void Classify_EveryKind_IsInTheTable() =>
        Assert.All(
            Enum.GetValues<CableEndingKind>(),
            kind => Assert.Equal(Plain[kind], EndingClassifier.Classify(Ending(kind))));

    [Theory]
    [InlineData("unauthorized", false, "Refused")]
    [InlineData("unauthorized", true, "Refused")]
    [InlineData("unauthorized", null, "Refused")]
    [InlineData("invalid_request", false, "ServerFinal")]
    [InlineData(null, false, "ServerFinal")]
    [InlineData("server_restart", true, "ServerDisconnected")]
    [InlineData("remote", null, "ServerDisconnected")]
    public void Classify_Disconnect_LooksAtReasonAndReconnect(string? reason, bool? reconnect, string expected) =>
        Assert.Equal(
            expected,
            EndingClassifier.Classify(Ending(CableEndingKind.Disconnected) with { Reason = reason, Reconnect = reconnect }).ToString());

    [Theory]
    [InlineData(401, "Refused")]
    [InlineData(403, "Refused")]
    [InlineData(404, "Refused")]
    [InlineData(400, "HandshakeFailed")]
    [InlineData(429, "HandshakeFailed")]
    [InlineData(502, "HandshakeFailed")]
    [InlineData(503, "HandshakeFailed")]
    public void Classify_RefusedUpgrade_LooksAtTheStatus(int status, string expected) =>
        Assert.Equal(expected, EndingClassifier.Classify(Ending(CableEndingKind.UpgradeRefused) with { HttpStatus = status }).ToString());

    private static CableEnding Ending(CableEndingKind kind) => new() { Kind = kind, Detail = "…" };
}
