namespace EyesonBridge.Storage;

/// <summary>Whether an append ends the observation.</summary>
internal enum AppendClosure
{
    /// <summary>The observation goes on.</summary>
    None,

    /// <summary>It is over: nothing wants the room any more, and the lease is given back unless the room is followed.</summary>
    Final,

    /// <summary>As <see cref="Final"/>, but nothing is written when something wants the room (again).</summary>
    FinalIfUnwanted,
}
