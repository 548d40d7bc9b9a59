namespace EyesonBridge.Tests;

/// <summary>Tests that take the whole machine: they run one after the other, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
