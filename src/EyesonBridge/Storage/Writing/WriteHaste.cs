namespace EyesonBridge.Storage.Writing;

/// <summary>When a write has to be made, if others could share its commit.</summary>
internal enum WriteHaste
{
    /// <summary>At once.</summary>
    AtOnce,

    /// <summary>At once when the store is at rest, else within milliseconds.</summary>
    Soon,

    /// <summary>With the next commit, or in a while without one.</summary>
    Anytime,
}
