namespace EyesonBridge.Storage;

/// <summary>Is told what became of an append.</summary>
/// <remarks>By the thread that committed, or by whoever cancels: it has to be quick, and must not throw.</remarks>
internal interface IAppendReceiver
{
    /// <summary>The append is settled, and on disk if it was committed.</summary>
    void Told(AppendOutcome outcome);

    /// <summary>The append failed or was given up: it is not on disk.</summary>
    void Failed(Exception exception);
}
