namespace EyesonBridge.Bench.Load;

/// <summary>What happens in the rooms.</summary>
internal enum LoadKind
{
    /// <summary>People chat.</summary>
    Chat,

    /// <summary>People come, chat and go, and what they show, play and lock changes.</summary>
    Mixed,
}
