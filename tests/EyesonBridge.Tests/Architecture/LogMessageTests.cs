using System.Reflection;
using EyesonBridge.Hosting;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Architecture;

/// <summary>Ids of log messages: operators filter and alert by them, so each is one thing for ever.</summary>
public sealed class LogMessageTests
{
    private static readonly Dictionary<string, (int From, int To)> Ranges = new(StringComparer.Ordinal)
    {
        ["EyesonBridge.Tls"] = (1000, 1019),
        ["EyesonBridge.Storage"] = (2000, 2099),
        ["EyesonBridge.Storage.Postgres"] = (7100, 7149),
        ["EyesonBridge.Observation"] = (3000, 3099),
        ["EyesonBridge.Accounts"] = (3010, 3013), // once a part of observation
        ["EyesonBridge.Accounts.Sharing"] = (7110, 7119),
        ["EyesonBridge.Outbox"] = (4000, 4099),
        ["EyesonBridge.Control"] = (5000, 5099),
        ["EyesonBridge.Bus"] = (6000, 6099),
        ["EyesonBridge.Management.Status"] = (6100, 6119),
        ["EyesonBridge.Discovery"] = (7000, 7099),
        ["EyesonBridge.Webhooks"] = (8000, 8099),
        ["EyesonBridge.Permalinks"] = (9000, 9099),
    };

    private static readonly (MethodInfo Method, LoggerMessageAttribute Message)[] Messages =
    [
        .. from type in typeof(BridgeHost).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select (method, message),
    ];

    [Fact]
    public void Ids_All_AreUnique() =>
        Assert.Equal(Messages.Length, Messages.Select(log => log.Message.EventId).Distinct().Count());

    [Fact]
    public void Ids_All_AreInTheRangeOfTheirFolder() =>
        Assert.All(Messages, log =>
        {
            var (from, to) = Ranges[log.Method.DeclaringType!.Namespace!];
            Assert.InRange(log.Message.EventId, from, to);
        });

    [Fact]
    public void Ranges_All_AreUsed() =>
        Assert.Equal(
            Ranges.Keys.Order(StringComparer.Ordinal),
            Messages.Select(log => log.Method.DeclaringType!.Namespace!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void Texts_All_NameNoSecret() =>
        Assert.All(Messages, log => Assert.DoesNotMatch("(?i)\\{[a-z]*(key|token|secret|password|url|payload|content)[a-z]*\\}", log.Message.Message));
}
