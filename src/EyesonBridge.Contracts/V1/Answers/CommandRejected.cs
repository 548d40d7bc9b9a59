namespace EyesonBridge.Contracts.V1;

/// <summary>The command was not run, and repeating it unchanged would not help.</summary>
public sealed record CommandRejected
{
    /// <summary>What kind of problem: one of <see cref="RejectionCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong and what to do, for people.</summary>
    public required string Message { get; init; }
}
