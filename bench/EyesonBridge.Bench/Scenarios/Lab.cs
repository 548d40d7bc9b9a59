using EyesonBridge.Bench.Processes;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>What all measurements of a run share.</summary>
internal sealed class Lab(Tools tools, Broker broker, bool isShort)
{
    private int _folders;

    public Tools Tools => tools;

    public Broker Broker => broker;

    /// <summary>Whether less is sent, so that the run takes minutes.</summary>
    public bool IsShort => isShort;

    public string NewFolder(string name)
    {
        var folder = Path.Combine(tools.Work, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{++_folders:D3}-{name}"));
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Processor time that the broker has taken; null when it runs in a container.</summary>
    public TimeSpan? BrokerCpu => broker.ProcessId == 0 ? null : CpuClock.Of(broker.ProcessId);
}
