namespace EyesonBridge.Simulator.Tests.Cable;

public sealed class LoadTests
{
    private const int Observers = 300;
    private const int Events = 200;

    [Fact]
    public async Task Broadcast_ToHundredsOfObservers_ReachesEachCompleteAndInOrder()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        var observers = await Task.WhenAll(Enumerable.Range(0, Observers).Select(_ => Observer.SubscribedAsync(simulator, room)));

        for (var i = 0; i < Events; i++)
            room.SendRaw($$"""{"type":"count","n":{{i}}}""");
        var received = await Task.WhenAll(observers.Select(ReceiveAllAsync));

        Assert.Equal(Observers, room.Sent[0].Observers);
        Assert.All(received, static numbers => Assert.Equal(Enumerable.Range(0, Events), numbers));
        Assert.Equal(Observers, simulator.Drop(DropKind.Rst));
        foreach (var observer in observers)
            observer.Dispose();
    }

    private static async Task<List<int>> ReceiveAllAsync(Observer observer)
    {
        List<int> numbers = [];
        while (numbers.Count < Events)
        {
            var message = await observer.ReceiveEventAsync();
            numbers.Add(message.GetProperty("n").GetInt32());
        }

        return numbers;
    }
}
