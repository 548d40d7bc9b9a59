namespace EyesonBridge.Bus;

/// <summary>What MassTransit is told to have become of a command that was put aside; never sent anywhere.</summary>
internal sealed record CommandPutAside(string Reason);
