using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Tests.Examples;

internal sealed class EventPrinter(TextWriter output) : ICableListener
{
    public static async Task<CableEnding> RunAsync(CableTarget room, TextWriter output, CancellationToken stop)
    {
        using var client = new CableClient(); // one for any number of rooms
        var ending = await client.Connect(room).RunAsync(new EventPrinter(output), stop);
        await output.WriteLineAsync($"{ending.Kind}: {ending.Detail}");
        return ending;
    }

    public async ValueTask OnWelcomeAsync(CableWelcome welcome) => await output.WriteLineAsync("connected");

    public async ValueTask OnSubscribedAsync() => await output.WriteLineAsync("subscribed");

    public async ValueTask<CableNext> OnMessageAsync(CableMessage message)
    {
        var happened = ObserverEventReader.Read(message.Body);
        await output.WriteLineAsync(happened switch
        {
            RoomUpdate { Room.Shutdown: true } => "the meeting is over",
            ParticipantUpdate { Participant: { Online: true } user } => $"{user.Name} joined",
            ChatMessage chat => $"{chat.UserId}: {chat.Content}",
            var other => $"({other.Type})",
        });
        return happened is RoomUpdate { Room.Shutdown: true } ? CableNext.Stop : CableNext.GoOn;
    }

    public async ValueTask<CableNext> OnUnreadableAsync(ReadOnlyMemory<byte> frame)
    {
        await output.WriteLineAsync("(unreadable)");
        return CableNext.GoOn;
    }
}
