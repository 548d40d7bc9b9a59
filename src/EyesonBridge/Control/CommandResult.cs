using MassTransit;

namespace EyesonBridge.Control;

/// <summary>What becomes of a command, noted on it while it is carried out.</summary>
internal sealed class CommandResult
{
    /// <summary>The code of its rejection; null when it was not rejected.</summary>
    public string? Rejection { get; private set; }

    /// <summary>Begins to note it on a command.</summary>
    public static CommandResult Of(ReceiveContext command) => command.AddOrUpdatePayload(static () => new CommandResult(), static known => known);

    /// <summary>The command is rejected.</summary>
    public static void NoteRejected(ReceiveContext command, string code)
    {
        if (command.TryGetPayload(out CommandResult? result))
            result.Rejection = code;
    }
}
