using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EyesonBridge.Storage;

namespace EyesonBridge.Management.Status;

/// <summary>What replicas tell each other of themselves and of their rooms, when somebody looks on at one of them.</summary>
internal sealed class ReplicaReports
{
    private const string AboutItself = "status";
    private const string AboutARoom = "room ";

    /// <summary>As short as possible: a question and its answer have to fit into what the database passes on.</summary>
    private static readonly StatusJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly IReplicaGroup? _group;
    private readonly OwnStatus _own;
    private readonly ILogger _logger;

    public ReplicaReports(IBridgeStore store, OwnStatus own, ILogger<ReplicaReports> logger)
    {
        _own = own;
        _logger = logger;
        _group = store.Replicas;
        if (_group is not null)
            _group.Answer = TryAnswerAsync;
    }

    /// <summary>Those that are alive; null when there can be no others.</summary>
    public async Task<IReadOnlyList<LiveReplica>?> ListAsync(CancellationToken cancellationToken) =>
        _group is null ? null : await _group.ListAsync(cancellationToken);

    /// <summary>When the oldest event that waits of each of these rooms was appended, whoever publishes it.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> OldestOfAsync(IReadOnlyCollection<string> roomIds, CancellationToken cancellationToken) =>
        _group is null ? _own.OldestOf(roomIds)
        : roomIds.Count == 0 ? new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal)
        : await _group.OldestOfAsync(roomIds, cancellationToken);

    /// <summary>What other replicas say of themselves; those that do not answer are left out.</summary>
    public async Task<IReadOnlyDictionary<string, ReplicaReport>> AskAsync(IReadOnlyCollection<string> owners, CancellationToken cancellationToken) =>
        Read(await AskAsync(owners, AboutItself, cancellationToken), Json.ReplicaReport);

    /// <summary>What the owner of a room says of it; null when it does not answer.</summary>
    public async Task<RoomReport?> AskAsync(string owner, string roomId, CancellationToken cancellationToken) =>
        Read(await AskAsync([owner], AboutARoom + roomId, cancellationToken), Json.RoomReport).GetValueOrDefault(owner);

    /// <summary>The answer to a question of another replica.</summary>
    internal async Task<string?> AnswerAsync(string question, CancellationToken cancellationToken)
    {
        if (question is AboutItself)
            return Write(_own.Report(await _own.CheckAsync(cancellationToken)));
        if (!question.StartsWith(AboutARoom, StringComparison.Ordinal))
            return null; // a later version asks

        var roomId = question[AboutARoom.Length..];
        return _own.Report([roomId]).TryGetValue(roomId, out var report) ? Write(report) : null;
    }

    internal static string Write(ReplicaReport report) => JsonSerializer.Serialize(report, Json.ReplicaReport);

    internal static string Write(RoomReport report) => JsonSerializer.Serialize(report, Json.RoomReport);

    private async Task<string?> TryAnswerAsync(string question, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(question, cancellationToken);
        }
#pragma warning disable CA1031 // whatever it is, the next question is answered
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.AnswerFailed(failure);
            return null;
        }
#pragma warning restore CA1031
    }

    private async Task<IReadOnlyDictionary<string, string>> AskAsync(IReadOnlyCollection<string> owners, string question, CancellationToken cancellationToken) =>
        _group is null ? new Dictionary<string, string>(StringComparer.Ordinal) : await _group.AskAsync(owners, question, cancellationToken);

    private static Dictionary<string, T> Read<T>(IReadOnlyDictionary<string, string> answers, JsonTypeInfo<T> type)
        where T : class
    {
        var read = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (owner, text) in answers)
        {
            try
            {
                if (JsonSerializer.Deserialize(text, type) is { } report)
                    read.Add(owner, report);
            }
            catch (JsonException)
            {
                // Of another version: as if it had not answered.
            }
        }

        return read;
    }
}
