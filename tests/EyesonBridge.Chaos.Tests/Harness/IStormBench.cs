namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>Where meetings go on while things go wrong.</summary>
internal interface IStormBench
{
    /// <summary>The consumer's queue.</summary>
    EventQueue Queue { get; }

    /// <summary>All that workers have printed, as far as they have ended.</summary>
    List<string> Printed { get; }

    /// <summary>Asks every worker to end, which it has to do in time and with 0.</summary>
    Task TerminateAsync();
}
