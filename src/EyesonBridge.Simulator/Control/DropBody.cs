namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>drop</c>.</summary>
internal sealed record DropBody(DropKind By = DropKind.Close);
