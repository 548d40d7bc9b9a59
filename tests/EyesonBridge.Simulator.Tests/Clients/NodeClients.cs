using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Simulator.Tests.Clients;

/// <summary>Runs the scripts of <c>tests/node-clients</c>; installs their packages when that has not been done.</summary>
public sealed class NodeClients : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly SemaphoreSlim Installing = new(1, 1); // test classes run side by side

    private readonly string _folder = Path.Combine(Root(), "tests", "node-clients");

    public async ValueTask InitializeAsync()
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await InstallAsync();
        }
        finally
        {
            Installing.Release();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What the script saw.</summary>
    internal async Task<JsonElement> ConverseAsync(string script, EyesonSimulator simulator) =>
        JsonElement.Parse(await RunAsync("node", script, simulator.Url.GetLeftPart(UriPartial.Authority)));

    private async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(_folder, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(_folder, "package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < wanted.LastWriteTimeUtc)
            await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EyesonBridge.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var process = Start(program, arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"'{program} {arguments[0]}' failed: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw MissingTool.Error($"{program} (for the reference clients, Node.js 18 or newer)", e);
        }
    }
}
