using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Eyeson.Tests.Examples;

internal static class RunningMeetings
{
    public static async Task PrintAsync(EyesonRestClient eyeson, TextWriter output, CancellationToken stop)
    {
        var rooms = await eyeson.GetRoomsAsync(stop);
        if (!rooms.IsOk)
        {
            await output.WriteLineAsync($"{rooms.Outcome} {rooms.Status} {rooms.Reason}");
            return;
        }

        foreach (var room in rooms.Value)
        {
            var users = await eyeson.GetRoomUsersAsync(room.Id!, online: true, stop);
            await output.WriteLineAsync($"{room.Name}: {string.Join(", ", users.Value?.Select(user => user.Name) ?? [])}");
        }
    }
}
