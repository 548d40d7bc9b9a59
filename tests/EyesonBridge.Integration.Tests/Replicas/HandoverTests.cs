using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Replicas;

/// <summary>Rooms that move to other replicas while their meetings go on.</summary>
public sealed class HandoverTests(RabbitMqFixture rabbit)
{
    private const int Ahead = 20;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task RollingUpdate_MeetingsThatGoOn_MoveWithoutAGapALossOrARepeat()
    {
        await using var fixture = await ReplicaFixture.StartAsync(rabbit, replicas: 2, rooms: 6);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var load = Task.Run(() => TalkAsync(fixture, ending.Token), Cancelled);

        await fixture.AddReplicaAsync();
        Assert.Equal(0, await fixture.Replicas[0].TerminateAsync());
        Assert.Equal(0, await fixture.Replicas[1].TerminateAsync());
        await ending.CancelAsync();
        var said = await load;
        await WhenHeardAsync(fixture, said);

        Assert.Single((await fixture.OwnersAsync()).Values.Distinct(StringComparer.Ordinal));
        foreach (var room in fixture.Rooms)
        {
            var events = fixture.Events.Of(room.Id).DistinctBy(static happened => happened.Sequence).ToList();
            Assert.False(HasGap(events), string.Join(Environment.NewLine, fixture.Replicas.Select(static replica => replica.Transcript)));
            Assert.Equal(Enumerable.Range(0, said).Select(static number => $"{number}"), Chats(events));
            Assert.Equal(
                Enumerable.Range(0, said).Select(static number => number % 2 == 0 ? "ParticipantJoined" : "ParticipantLeft"),
                events.Where(IsGuests).Select(static happened => happened.Type));
        }

        await fixture.AssertWholeAsync();
    }

    /// <summary>In each room a guest comes or goes, and somebody says a number, again and again, not too far ahead of what is published.</summary>
    /// <returns>How many numbers were said.</returns>
    private static async Task<int> TalkAsync(ReplicaFixture fixture, CancellationToken cancellationToken)
    {
        for (var number = 0; ; number++)
        {
            foreach (var room in fixture.Rooms)
            {
                if (number % 2 == 0)
                    room.Join(new SimulatedUser("guest", "Guest"));
                else
                    room.Leave("guest");
                room.Chat($"{number}", "u1");
            }

            await WhenHeardAsync(fixture, number - Ahead);
            if (cancellationToken.IsCancellationRequested)
                return number + 1;
        }
    }

    private static async Task WhenHeardAsync(ReplicaFixture fixture, int numbers)
    {
        foreach (var room in fixture.Rooms)
            await fixture.Events.WhenAsync(room.Id, $"{numbers} messages", events => Chats(events).Distinct(StringComparer.Ordinal).Count() >= numbers || HasGap(events), Cancelled);
    }

    private static bool HasGap(IEnumerable<ReceivedEvent> events) => events.Any(static happened => happened.Type is "ObservationInterrupted");

    private static IEnumerable<string> Chats(IEnumerable<ReceivedEvent> events) =>
        events.Where(static happened => happened.Type is "ChatMessageSent").Select(static happened => (string)happened.Message["content"]!);

    private static bool IsGuests(ReceivedEvent happened) =>
        happened.Type is "ParticipantJoined" or "ParticipantLeft" && (string?)happened.Message["participant"]?["id"] is "guest";
}
