using EyesonBridge.Contracts.V1;
using MassTransit;

namespace Recordings;

/// <summary>Has the bridge observe rooms, and hears what comes of it.</summary>
internal sealed partial class RoomRegistration(IBus bus, string[] rooms, ILogger<RoomRegistration> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var bridge = bus.CreateRequestClient<ObserveRoom>(new Uri("exchange:eyeson-bridge-control")); // not queue:
        foreach (var room in rooms)
        {
            var answer = await AskAsync(bridge, new ObserveRoom { RoomId = room, Confirm = 5 }, stoppingToken);
            if (answer.Is(out Response<ObservationAccepted>? accepted))
                LogAccepted(room, accepted.Message.Status);
            else if (answer.Is(out Response<CommandRejected>? rejected))
                LogRejected(room, rejected.Message.Code, rejected.Message.Message);
        }
    }

    /// <summary>Asks until the bridge answers. A request expires with its time-out, so none is carried out later; and a repeat does no harm.</summary>
    private async Task<Response<ObservationAccepted, CommandRejected>> AskAsync(
        IRequestClient<ObserveRoom> bridge, ObserveRoom command, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                return await bridge.GetResponse<ObservationAccepted, CommandRejected>(command, stoppingToken, RequestTimeout.After(s: 15));
            }
            catch (RequestTimeoutException)
            {
                LogUnanswered(command.RoomId);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Room {RoomId} is registered: {Status}.")]
    private partial void LogAccepted(string roomId, ObservationStatus status);

    [LoggerMessage(LogLevel.Warning, "Room {RoomId} is rejected: {Code}, {Reason}")]
    private partial void LogRejected(string roomId, string code, string reason);

    [LoggerMessage(LogLevel.Warning, "No answer about room {RoomId}: is the bridge running? Asking again.")]
    private partial void LogUnanswered(string roomId);
}
