using EyesonBridge.Contracts.V1;
using MassTransit;

namespace Recordings;

/// <summary>Saves each recording once. The message is acknowledged when this has completed, and tried again when it throws.</summary>
internal sealed partial class RecordingConsumer(RecordingFolder folder, ILogger<RecordingConsumer> logger) : IConsumer<RecordingFinished>
{
    public async Task Consume(ConsumeContext<RecordingFinished> context)
    {
        if (await folder.SaveAsync(context.Message, context.CancellationToken))
            LogSaved(context.Message.RecordingId, context.Message.RoomId);
        else
            LogRepeated(context.Message.RecordingId, context.Message.EventId);
    }

    [LoggerMessage(LogLevel.Information, "Saved recording {RecordingId} of room {RoomId}.")]
    private partial void LogSaved(string recordingId, string roomId);

    [LoggerMessage(LogLevel.Information, "Recording {RecordingId} was saved before: event {EventId} is a repeat.")]
    private partial void LogRepeated(string recordingId, Guid eventId);
}
