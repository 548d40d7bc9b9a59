namespace EyesonBridge.Storage;

/// <summary>Whether an append ends the observation.</summary>
internal enum AppendClosure
{
    /// <summary>The observation goes on.</summary>
    None,

    /// <summary>It is over: the lease is given back and nothing wants the room any more.</summary>
    Final,

    /// <summary>As <see cref="Final"/>, but nothing is written when something wants the room (again).</summary>
    FinalIfUnwanted,
}
