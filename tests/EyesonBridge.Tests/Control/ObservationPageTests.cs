using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Control;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Control;

public sealed class ObservationPageTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    [Fact]
    public void Fitting_OrdinaryRooms_AreOnlyLimitedInNumber() =>
        Assert.Equal(1000, ObservationPage.Fitting([.. Enumerable.Repeat(Room("6576daef1f138900153d0762", 1), 1001)], 1000));

    [Theory]
    [InlineData('\u00e9', 3)]
    [InlineData('x', 40)]
    public void Fitting_LargeRooms_StayBelowAMebibyteAsJson(char character, int wants)
    {
        var rooms = Enumerable.Repeat(Room(new string(character, RoomIdRule.MaxLength), wants), 1001).ToList();

        var count = ObservationPage.Fitting(rooms, 1000);

        Assert.InRange(count, 100, 999);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(rooms.Take(count).Select(GetObservationsConsumer.ToContract), JsonSerializerOptions.Web).Length, 1, ObservationPage.MaxBytes);
    }

    [Fact]
    public void Fitting_RoomThatIsTooLarge_IsAPageOfItsOwn() =>
        Assert.Equal(1, ObservationPage.Fitting([Room("a", 100_000), Room("b", 1)], 1000));

    [Fact]
    public void Fitting_NoRooms_IsNone() => Assert.Equal(0, ObservationPage.Fitting([], 1000));

    private static RoomSummary Room(string id, int wants) => new()
    {
        RoomId = id,
        Account = "default",
        WantedBy = [.. Enumerable.Repeat("permalink:6576daef1f138900153d0762", wants)],
        WaitUntil = At,
        Status = ObservationStatus.Interrupted,
        StatusSince = At,
        Reason = "notRunning",
        Sequence = long.MaxValue,
        MeetingId = $"{id}@2023-12-11T09:48:32.031Z",
        Owner = "eyeson-bridge-0",
    };
}
