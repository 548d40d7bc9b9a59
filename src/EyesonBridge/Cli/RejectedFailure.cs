using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary>The bridge rejected a command.</summary>
internal sealed class RejectedFailure(CommandRejected rejection) : CommandFailure($"Rejected ({rejection.Code}): {rejection.Message}")
{
    /// <summary>Why, and what to do.</summary>
    public CommandRejected Rejection => rejection;
}
