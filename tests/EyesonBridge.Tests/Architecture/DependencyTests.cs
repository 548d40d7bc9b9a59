using System.Reflection;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Hosting;
using EyesonBridge.Simulator;

namespace EyesonBridge.Tests.Architecture;

/// <summary>The directions of docs/architecture.md: dependencies point down only.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Contracts = typeof(IRoomEvent).Assembly;
    private static readonly Assembly Client = typeof(CableClient).Assembly;
    private static readonly Assembly Simulator = typeof(EyesonSimulator).Assembly;
    private static readonly Assembly Worker = typeof(BridgeHost).Assembly;

    /// <summary>Each assembly of the product, and those of the product that it may use.</summary>
    private static readonly Dictionary<Assembly, Assembly[]> MayUse = new()
    {
        [Contracts] = [],
        [Client] = [],
        [Simulator] = [],
        [Worker] = [Contracts, Client, Simulator],
    };

    [Fact]
    public void Assemblies_References_PointDown() =>
        Assert.All(MayUse, pair => Assert.Empty(
            References(pair.Key).Where(name => name.StartsWith("EyesonBridge", StringComparison.Ordinal)).Except(pair.Value.Select(NameOf), StringComparer.Ordinal)));

    [Fact]
    public void ContractsAndClient_References_AreTheFrameworkOnly() =>
        Assert.All([Contracts, Client], assembly => Assert.All(References(assembly), name => Assert.StartsWith("System.", name, StringComparison.Ordinal)));

    [Fact]
    public void Meetings_Uses_OnlyContractsAndClient() => AssertUses("Meetings", [Contracts, Client], libraries: false);

    [Fact]
    public void Storage_Uses_OnlyContractsAndLibraries() => AssertUses("Storage", [Contracts], libraries: true);

    [Fact]
    public void MassTransit_IsUsed_OnlyWhereTheBusIs() =>
        AssertOnlyIn(["Bus", "Control", "Cli"], type => type.Assembly.GetName().Name!.StartsWith("MassTransit", StringComparison.Ordinal));

    [Fact]
    public void Simulator_IsUsed_OnlyByTheDemo() => AssertOnlyIn(["Cli.Demo"], type => type.Assembly == Simulator);

    [Fact]
    public void Sqlite_IsUsed_OnlyByItsStoreAndTheCheckOfItsSettings() =>
        AssertOnlyIn(
            ["Storage.Sqlite", "Configuration"],
            type => type.Assembly.GetName().Name is { } name
                && (name.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal) || name.StartsWith("SQLitePCL", StringComparison.Ordinal)));

    [Fact]
    public void UsedMembers_OfATypeThatBreaksTheRules_TellsThem()
    {
        var used = new[] { typeof(RuleBreaker) }.Concat(typeof(RuleBreaker).GetNestedTypes(BindingFlags.NonPublic)).SelectMany(UsedMembers.Of).ToList();

        Assert.Contains(typeof(EyesonSimulator), used.SelectMany(UsedMembers.TypesOf)); // as an argument of a generic type in an iterator
        Assert.Contains(typeof(IRoomEvent), used.SelectMany(UsedMembers.TypesOf)); // in a lambda
    }

    private static string NameOf(Assembly assembly) => assembly.GetName().Name!;

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    /// <summary>The types of the worker below a namespace, with those that the compiler made for them.</summary>
    private static IEnumerable<Type> Below(string area) => Worker.GetTypes().Where(type => IsBelow(type, area));

    private static bool IsBelow(Type type, string area) =>
        type.Namespace is { } space && $"{space}.".StartsWith($"EyesonBridge.{area}.", StringComparison.Ordinal);

    private static void AssertUses(string area, Assembly[] allowed, bool libraries)
    {
        var types = Below(area).ToList();
        Assert.NotEmpty(types);
        Assert.Empty(
            from type in types
            from used in UsedMembers.Of(type).SelectMany(UsedMembers.TypesOf)
            where !IsAllowed(used)
            select $"{type} uses {used}");

        bool IsAllowed(Type used) => IsProduct(used)
            ? IsBelow(used, area) || allowed.Contains(used.Assembly)
            : libraries || used.Assembly == Worker || IsFramework(used);
    }

    private static void AssertOnlyIn(string[] areas, Func<Type, bool> isIt)
    {
        var users = Worker.GetTypes().Where(type => UsedMembers.Of(type).SelectMany(UsedMembers.TypesOf).Any(isIt)).ToList();

        Assert.All(areas, area => Assert.Contains(users, user => IsBelow(user, area)));
        Assert.Empty(users.Where(user => !areas.Any(area => IsBelow(user, area))).Select(user => user.FullName));
    }

    /// <summary>What source generators put into namespaces of their own is none.</summary>
    private static bool IsProduct(Type type) => type.Namespace?.StartsWith("EyesonBridge", StringComparison.Ordinal) == true;

    private static bool IsFramework(Type type) => NameOf(type.Assembly).StartsWith("System.", StringComparison.Ordinal);
}
