using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Observation.Room;

/// <summary>What all observers share.</summary>
internal sealed class ObserverServices(
    IBridgeStore store,
    CableClient cables,
    RoomDirectory directory,
    AccountCalls calls,
    AccountGate accounts,
    AccountKeys keys,
    OutboxGate gate,
    OutboxWriter writer,
    KnownSecrets secrets,
    IOptions<EyesonOptions> eyeson,
    IOptions<ObserverOptions> observer,
    TimeProvider time,
    ILogger<RoomObserver> logger)
{
    public IBridgeStore Store => store;

    public CableClient Cables => cables;

    public RoomDirectory Directory => directory;

    public AccountCalls Calls => calls;

    public AccountGate Accounts => accounts;

    public AccountKeys Keys => keys;

    public OutboxGate Gate => gate;

    public OutboxWriter Writer => writer;

    public KnownSecrets Secrets => secrets;

    public EyesonOptions Eyeson => eyeson.Value;

    /// <summary>Eyeson's address, one object for all rooms.</summary>
    public Uri EyesonUrl => field ??= new Uri(eyeson.Value.Url);

    public ObserverOptions Options => observer.Value;

    public TimeProvider Time => time;

    public ILogger Logger => logger;
}
