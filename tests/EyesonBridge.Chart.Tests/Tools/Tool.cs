using System.ComponentModel;
using System.Diagnostics;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Tools;

/// <summary>The programs that judge what the repository ships for operators; scripts/test installs them.</summary>
internal static class Tool
{
    /// <summary>The chart's folder.</summary>
    public static readonly string Chart = RepositoryRoot.PathTo("charts", "eyeson-bridge");

    private static readonly string Checks = RepositoryRoot.PathTo("tests", "chart-checks");

    public static Task<ToolResult> HelmAsync(params string[] arguments)
    {
        var installed = Path.Combine(Checks, "node_modules", ".helm", "helm", "helm");
        return RunAsync(File.Exists(installed) ? installed : "helm", arguments);
    }

    public static Task<ToolResult> PromtoolAsync(params string[] arguments) => RunAsync("promtool", arguments);

    /// <summary>What promtool says of metrics as Prometheus fetches them.</summary>
    public static Task<ToolResult> CheckMetricsAsync(string metrics) => RunAsync("promtool", ["check", "metrics"], metrics);

    public static Task<ToolResult> NodeAsync(string script, params string[] arguments) => RunAsync("node", [script, .. arguments]);

    /// <summary>Checks what helm printed into the files of a folder against the schema of Kubernetes.</summary>
    public static Task<ToolResult> KubernetesCheckAsync(string folder) =>
        Directory.Exists(Path.Combine(Checks, "node_modules"))
            ? NodeAsync(Path.Combine(Checks, "check.mjs"), folder)
            : throw MissingTool.Error("What tests/chart-checks needs from npm");

    /// <summary>A script of a repository, or git in it; variables of the environment are set, or with null removed.</summary>
    public static Task<ToolResult> RunInAsync(string folder, string program, string[] arguments, params IEnumerable<(string Name, string? Value)> environment) =>
        RunAsync(program, arguments, folder: folder, environment: environment);

    private static async Task<ToolResult> RunAsync(
        string program,
        string[] arguments,
        string input = "",
        string? folder = null,
        IEnumerable<(string Name, string? Value)>? environment = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder ?? RepositoryRoot.PathTo(),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        foreach (var (name, value) in environment ?? [])
            process.StartInfo.Environment[name] = value;
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            throw MissingTool.Error(program, missing);
        }

        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return new ToolResult(process.ExitCode, await output, await errors);
    }
}
