namespace EyesonBridge.Testing.Servers;

/// <summary>A server that runs, and what tests do to it. It keeps data and port over all of it.</summary>
internal interface ITestServer : IAsyncDisposable
{
    /// <summary>Starts it again, after it was stopped or killed; completes when it answers.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Ends it in good order.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Ends it as a crash does.</summary>
    Task KillAsync(CancellationToken cancellationToken);

    /// <summary>Freezes it.</summary>
    Task PauseAsync(CancellationToken cancellationToken);

    /// <summary>Lets it go on.</summary>
    Task ResumeAsync(CancellationToken cancellationToken);
}
