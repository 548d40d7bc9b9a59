using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation;
using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>What connections need that have no socket; and what they heard.</summary>
internal sealed class MutatedFramesBridge : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly CableClient _cables = new();

    public MutatedFramesBridge(IBridgeStore store)
    {
        var eyeson = Microsoft.Extensions.Options.Options.Create(new EyesonOptions());
        var observer = Microsoft.Extensions.Options.Options.Create(new ObserverOptions());
        var keys = new AccountKeys(eyeson);
        var accounts = new AccountGate(keys, Microsoft.Extensions.Options.Options.Create(new AccountPaceOptions()), Time, NullLogger<AccountGate>.Instance);
        var rest = new EyesonRest(_http, eyeson, keys, accounts, Time);
        Services = new ObserverServices(
            store,
            _cables,
            new RoomDirectory(rest, Time, NullLogger<RoomDirectory>.Instance),
            rest,
            accounts,
            keys,
            new OutboxGate(store, Microsoft.Extensions.Options.Options.Create(new OutboxOptions()), Time),
            eyeson,
            observer,
            Time,
            NullLogger<RoomObserver>.Instance);
    }

    public TimeProvider Time { get; } = TimeProvider.System;

    public ObserverServices Services { get; }

    public int Heard { get; set; }

    public int Unrecognized { get; set; }

    /// <summary>A session of the room that the journal is of, as if its connection stood.</summary>
    public RoomConnection Connection(RoomJournal journal) => new(
        journal,
        Services,
        "a-key",
        awaitsHistory: false,
        new ConnectSpan(journal.RoomId, journal.Account, new Uri("http://localhost"), Time.GetUtcNow(), Reason: null),
        CancellationToken.None);

    public void Dispose()
    {
        _http.Dispose();
        _cables.Dispose();
    }
}
