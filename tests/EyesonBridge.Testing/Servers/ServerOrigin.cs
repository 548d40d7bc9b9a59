namespace EyesonBridge.Testing.Servers;

/// <summary>Where a server for tests comes from.</summary>
internal enum ServerOrigin
{
    /// <summary>It runs already, and is not ours to stop.</summary>
    Given,

    /// <summary>Started in a container.</summary>
    Container,

    /// <summary>Started from the distribution's package.</summary>
    Package,
}
