using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Cable;
using EyesonBridge.Eyeson.Tests.Peer;

namespace EyesonBridge.Eyeson.Tests.Examples;

/// <summary>The README's code is compiled, run, and the same as here.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task Readme_ItsExample_IsTheCompiledOne()
    {
        var folder = AppContext.BaseDirectory;
        var readme = await File.ReadAllTextAsync(Path.Combine(folder, "README.md"), TestContext.Current.CancellationToken);
        var source = await File.ReadAllTextAsync(Path.Combine(folder, "EventPrinter.cs"), TestContext.Current.CancellationToken);

        var example = source
            .Replace("namespace EyesonBridge.Eyeson.Tests.Examples;\n\n", "", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal);
        Assert.Contains($"```csharp\n{example}```", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventPrinter_OnARoom_PrintsWhatHappens()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed()
            .Send(PeerScript.Message("""{"type":"participant_update","participant":{"name":"Ada","online":true}}"""))
            .Send(PeerScript.Message("""{"type":"chat","content":"Hello","user_id":"ada"}"""))
            .Send(PeerScript.Message("""{"type":"lock","locked":true}"""))
            .Send(PeerScript.Message("""{"type":"room_update","content":{"shutdown":true}}"""))
            .Close().ExpectClose());
        await using var output = new StringWriter { NewLine = "\n" };

        var ending = await EventPrinter.RunAsync(CableFixture.Target(peer.Url), output, TestContext.Current.CancellationToken);

        Assert.Equal(CableEndingKind.Closed, ending.Kind);
        Assert.StartsWith("connected\nsubscribed\nAda joined\nada: Hello\n(lock)\nthe meeting is over\nClosed: ", output.ToString(), StringComparison.Ordinal);
    }
}
