namespace EyesonBridge.Cli;

/// <summary>In which form a command writes its results.</summary>
internal enum OutputForm
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For programs; docs/command-line.md says what there is.</summary>
    Json,
}
