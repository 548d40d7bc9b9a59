using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Testing.Servers;

/// <summary>
/// A script in <c>scripts/lib</c> that runs a server of the distribution's package, and obeys one command a line. The server
/// is gone without a trace after <see cref="DisposeAsync"/> or when the test process ends.
/// </summary>
internal sealed class ServerScript : IAsyncDisposable
{
    private readonly string _name;
    private readonly AttachedProcess _launcher;
    private readonly SemaphoreSlim _oneCommand = new(1, 1);

    private ServerScript(string name, AttachedProcess launcher) => (_name, _launcher) = (name, launcher);

    /// <summary>The process that owns the server's processes and folder.</summary>
    public int LauncherId => _launcher.Id;

    /// <summary>Starts a server.</summary>
    /// <returns>The script, and what it said when the server was ready, word by word.</returns>
    /// <exception cref="InvalidOperationException">It cannot be started; the text says what to install.</exception>
    public static async Task<(ServerScript Script, string[] Ready)> StartAsync(
        string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var launcher = AttachedProcess.Start("bash", [RepositoryRoot.PathTo("scripts", "lib", name), .. arguments], environment);
        try
        {
            var script = new ServerScript(name, launcher);
            return (script, script.Words(await launcher.ReadLineAsync(cancellationToken), "run", "ready"));
        }
        catch
        {
            await launcher.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives a command.</summary>
    /// <returns>The answer, word by word.</returns>
    /// <exception cref="InvalidOperationException">It was answered otherwise than expected.</exception>
    public async Task<string[]> AskAsync(string command, string expected, CancellationToken cancellationToken)
    {
        await _oneCommand.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled half-way: the answer would be taken for that to the next command.
            await _launcher.WriteLineAsync(command, CancellationToken.None);
            return Words(await _launcher.ReadLineAsync(CancellationToken.None), command, expected);
        }
        finally
        {
            _oneCommand.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _launcher.DisposeAsync();
        _oneCommand.Dispose();
    }

    private string[] Words(string line, string command, string expected) =>
        line.Split(' ') is var words && string.Equals(words[0], expected, StringComparison.Ordinal)
            ? words
            : throw new InvalidOperationException($"scripts/lib/{_name}, told to {command.Replace('\t', ' ')}: {line}");
}
