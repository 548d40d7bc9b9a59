using DotNet.Testcontainers.Configurations;

namespace EyesonBridge.Testing.Servers;

/// <summary>Looks for an engine that speaks Docker's API: at <c>DOCKER_HOST</c>, else where Docker has its socket.</summary>
internal static class ContainerEngine
{
    // Whoever has no engine should not have to wait for it.
    private static readonly TimeSpan Within = TimeSpan.FromMilliseconds(900);

    /// <summary>Whether one answers on this machine. Servers' ports are published on 127.0.0.1, where no other machine's engine is of use.</summary>
    public static async Task<bool> AnswersAsync()
    {
        try
        {
            return await Task.Run(Answers).WaitAsync(Within, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // Testcontainers has asked each engine that it knows of, and found none or the one that answered first.
    private static bool Answers() =>
        TestcontainersSettings.OS.DockerEndpointAuthConfig is { Endpoint: var found } && (found.Scheme is "unix" or "npipe" || found.IsLoopback);
}
