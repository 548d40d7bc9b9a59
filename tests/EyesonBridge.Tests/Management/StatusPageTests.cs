using EyesonBridge.Contracts.V1;
using EyesonBridge.Management.Status;
using EyesonBridge.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Tests.Management;

public sealed class StatusPageTests
{
    [Theory]
    [InlineData(0, "nothing is waiting")]
    [InlineData(2, "although events are waiting")]
    public void Render_NoConfirm_SaysThatEventsWaitOnlyWhenTheyDo(int waiting, string says)
    {
        var page = Render(new OutboxDepth(waiting, 0), []);

        Assert.Contains($"""<div class="card" id="no-confirm-for"><b>no confirm for <span class="ok">0 s</span></b><p>{says}</p>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_DegradedPart_IsNotGreen()
    {
        var page = Render(default, [new PartStatus("routing", HealthStatus.Degraded, "RoomLocked (1)")]);

        Assert.Contains("""<div class="card" id="routing"><b>routing <span class="warn">degraded</span></b><p>RoomLocked (1)</p>""", page, StringComparison.Ordinal);
    }

    private static string Render(OutboxDepth outbox, IReadOnlyList<PartStatus> parts) => new StatusPage(
        new BridgeStatus
        {
            At = DateTimeOffset.UnixEpoch,
            Parts = parts,
            Outbox = outbox,
            OldestAge = TimeSpan.Zero,
            StalledFor = TimeSpan.Zero,
            Counts = new Dictionary<ObservationStatus, int>(),
            Found = 0,
            Rooms = [],
        },
        new StatusQuery(State: null, "", 1)).Render();
}
