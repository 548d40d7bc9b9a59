using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Postgres;

/// <summary>Something to be done in turn with the appends.</summary>
internal abstract class CallOperation() : PostgresOperation(bytes: 0)
{
    public override WriteHaste Haste => WriteHaste.AtOnce;

    /// <summary>Makes its changes inside the transaction.</summary>
    public abstract void Run(PostgresBatch batch);
}
