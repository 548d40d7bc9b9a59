namespace EyesonBridge.Storage;

/// <summary>Whether an append ends the observation.</summary>
internal enum AppendClosure
{
    /// <summary>The observation goes on.</summary>
    None,

    /// <summary>
    /// It is over, and the lease is given back unless the room is followed. What is wanted since
    /// <see cref="RoomAppend.KnownIntent"/>, or of a later meeting, remains: the room then begins anew, in the same commit.
    /// </summary>
    Final,

    /// <summary>It is over, but nothing is written when something wants the room (again).</summary>
    FinalIfUnwanted,

    /// <summary>It is over, but nothing is written when something wants the room since <see cref="RoomAppend.KnownIntent"/>.</summary>
    FinalIfNothingNew,
}
