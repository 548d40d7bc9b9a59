using EyesonBridge.Configuration;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Observation;

/// <summary>What all observers share.</summary>
internal sealed class ObserverServices(
    IBridgeStore store,
    CableClient cables,
    RoomDirectory directory,
    AccountKeys accounts,
    IOptions<EyesonOptions> eyeson,
    IOptions<ObserverOptions> observer,
    TimeProvider time,
    ILogger<RoomObserver> logger)
{
    public IBridgeStore Store => store;

    public CableClient Cables => cables;

    public RoomDirectory Directory => directory;

    public AccountKeys Accounts => accounts;

    public EyesonOptions Eyeson => eyeson.Value;

    public ObserverOptions Options => observer.Value;

    public TimeProvider Time => time;

    public ILogger Logger => logger;
}
