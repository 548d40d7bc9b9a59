using System.Globalization;
using System.Reflection;
using EyesonBridge.Hosting;
using EyesonBridge.Testing.Processes;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Architecture;

/// <summary>docs/logs.md has every message, as the code has it.</summary>
public sealed class LogDocumentationTests
{
    [Fact]
    public void Messages_All_AreDocumented() =>
        Assert.Equal(
            from type in typeof(BridgeHost).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            orderby message.EventId
            select string.Create(CultureInfo.InvariantCulture, $"| {message.EventId} | {message.Level} | {message.Message} |"),
            File.ReadLines(RepositoryRoot.PathTo("docs", "logs.md")).Where(line => line.Length > 2 && char.IsAsciiDigit(line[2])),
            StringComparer.Ordinal);
}
