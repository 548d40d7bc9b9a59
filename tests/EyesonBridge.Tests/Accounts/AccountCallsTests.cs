using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Tests.Observation;
using Microsoft.Extensions.DependencyInjection;

namespace EyesonBridge.Tests.Accounts;

/// <summary>What a refused call says of the key.</summary>
public sealed class AccountCallsTests
{
    [Theory(Timeout = ObservationBench.Timeout)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Call_RefusedThoughTheMeetingsAreTold_IsNoRefusalOfTheKey(int status)
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var room = bridge.Eyeson.CreateRoom("room");
        var recording = room.StartRecording();
        room.Faults.RestStatus = status;

        var refused = await CallAsync(bridge, recording);
        room.Faults.RestStatus = null;

        Assert.Equal((RestOutcome.UnexpectedStatus, status), (refused.Outcome, refused.Status));
        Assert.Contains($"{status}", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(bridge.Accounts.Refused);
        Assert.Equal(0, bridge.Log.Count(3012));
        Assert.True((await CallAsync(bridge, recording)).IsOk);
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Call_RefusedAsTheMeetingsAre_IsARefusalOfTheKeyAndTheLast()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var recording = bridge.Eyeson.CreateRoom("room").StartRecording();
        bridge.Eyeson.RefuseKey(ObservationBench.Key);

        Assert.Equal(RestOutcome.KeyRefused, (await CallAsync(bridge, recording)).Outcome);
        Assert.Equal(RestOutcome.KeyRefused, (await CallAsync(bridge, recording)).Outcome);

        Assert.Equal(["default"], bridge.Accounts.Refused);
        Assert.Equal(1, bridge.Log.Count(3012));
        Assert.Equal(1, bridge.Eyeson.Counters.RestRequestsOf($"/recordings/{recording}"));
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Call_ManyRefusedTogether_AskForTheMeetingsTogether()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var room = bridge.Eyeson.CreateRoom("room");
        var recording = room.StartRecording();
        room.Faults.RestStatus = 403;

        var refused = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync(bridge, recording)));

        Assert.All(refused, static result => Assert.Equal(RestOutcome.UnexpectedStatus, result.Outcome));
        Assert.Equal(20, bridge.Eyeson.Counters.RestRequestsOf($"/recordings/{recording}"));
        Assert.InRange(bridge.Eyeson.Counters.RestRequestsOf("/rooms"), 1, 10);
    }

    private static Task<RestResult<Recording>> CallAsync(ObservationBench bridge, string recording) =>
        bridge.Services.GetRequiredService<AccountCalls>().CallAsync("default", client => client.GetRecordingAsync(recording, ObservationBench.Cancelled), ObservationBench.Cancelled);
}
