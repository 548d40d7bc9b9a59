using System.Text.Json;
using EyesonBridge.Contracts.V1;

namespace Recordings;

/// <summary>A JSON file for each recording, named after its event: a repeat finds the file that is there.</summary>
internal sealed class RecordingFolder(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>False if the event was saved before.</summary>
    public async Task<bool> SaveAsync(RecordingFinished recording, CancellationToken stop)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{recording.EventId}.json");
        if (File.Exists(file))
            return false;

        // The place to download recording.DownloadUrl. It is a secret and valid for an hour: it is not worth keeping.
        var content = new { recording.RecordingId, recording.RoomId, recording.MeetingId, recording.StartedAt, recording.DurationSeconds };

        // The file appears when all of it is written: a crash before that leaves nothing that a repeat could mistake for it.
        var partial = $"{file}.{Guid.NewGuid():N}.partial";
        await File.WriteAllTextAsync(partial, JsonSerializer.Serialize(content, Json), stop);
        File.Move(partial, file, overwrite: true);
        return true;
    }
}
