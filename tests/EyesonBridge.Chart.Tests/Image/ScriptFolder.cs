using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Image;

/// <summary>A repository with the scripts of this one and some of its files, for a script to work in.</summary>
internal sealed class ScriptFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public ScriptFolder(params IEnumerable<string> files)
    {
        foreach (var file in (IEnumerable<string>)["scripts/lib/common.sh", .. files])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathTo(file))!);
            File.Copy(RepositoryRoot.PathTo(file.Split('/')), PathTo(file));
        }
    }

    public string PathTo(string file) => _folder.Combine(file);

    public Task<ToolResult> RunAsync(string script, params string[] arguments) => RunAsync(script, arguments, []);

    public Task<ToolResult> RunAsync(string script, string[] arguments, IEnumerable<(string Name, string? Value)> environment) =>
        Tool.RunInAsync(_folder.Path, PathTo(script), arguments, environment);

    /// <summary>What git says; commits are all made at one time.</summary>
    public async Task<string> GitAsync(params string[] arguments)
    {
        var result = await Tool.RunInAsync(
            _folder.Path, "git", ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null", .. arguments],
            ("GIT_COMMITTER_DATE", "2026-02-03T04:05:06+01:00"));
        result.AssertSuccess();
        return result.Output.Trim();
    }

    public void Dispose() => _folder.Dispose();
}
