using System.ComponentModel;

namespace EyesonBridge.Management.Status;

[Description("One part of readiness.")]
internal sealed record CheckStatus
{
    [Description("Its name, as in `/health/ready`.")]
    public required string Name { get; init; }

    [Description("How it is.")]
    public required Health Health { get; init; }

    [Description("What is wrong, or what there is to say.")]
    public string? Description { get; init; }
}
