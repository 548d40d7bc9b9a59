using System.Reflection;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Hosting;
using EyesonBridge.Simulator;
using NetArchTest.Rules;

namespace EyesonBridge.Tests.Architecture;

/// <summary>
/// The directions of docs/architecture.md: dependencies point down only. What the compiler leaves nothing of, such as
/// the value of a constant, is not seen.
/// </summary>
public sealed class DependencyTests
{
    private static readonly Assembly Contracts = typeof(IRoomEvent).Assembly;
    private static readonly Assembly Client = typeof(CableClient).Assembly;
    private static readonly Assembly Simulator = typeof(EyesonSimulator).Assembly;
    private static readonly Assembly Worker = typeof(BridgeHost).Assembly;

    [Fact]
    public void Contracts_Use_TheFrameworkOnly() =>
        AssertUsesOnly(Types.InAssembly(Contracts).That().ResideInNamespace("EyesonBridge.Contracts"), "EyesonBridge.Contracts", "System");

    [Fact]
    public void Client_Uses_TheFrameworkOnly() =>
        AssertUsesOnly(Types.InAssembly(Client).That().ResideInNamespace("EyesonBridge.Eyeson"), "EyesonBridge.Eyeson", "System");

    [Fact]
    public void Simulator_Uses_NothingElseOfTheProduct() =>
        AssertUsesOnly(Types.InAssembly(Simulator).That().ResideInNamespace("EyesonBridge.Simulator"), "EyesonBridge.Simulator", "System", "Microsoft");

    [Fact]
    public void Meetings_Use_ContractsAndWireRecordsOnly() =>
        AssertUsesOnly(Area("Meetings"), "EyesonBridge.Meetings", "EyesonBridge.Contracts", "EyesonBridge.Eyeson.Observer", "System");

    [Fact]
    public void Meetings_HaveNoClockAndNoIO() =>
        AssertNone(Area("Meetings").Should().NotHaveDependencyOnAny("System.TimeProvider", "System.IO", "System.Net", "System.Threading", "System.Random"));

    [Fact]
    public void Storage_Uses_ContractsPacingAndLibrariesOnly() =>
        AssertUsesOnly(Area("Storage"), "EyesonBridge.Storage", "EyesonBridge.Contracts", "EyesonBridge.Pacing", "System", "Microsoft", "SQLitePCL", "Npgsql", "NpgsqlTypes");

    [Theory]
    [InlineData("Pacing")]
    [InlineData("Tls")]
    public void Foundations_Use_NothingElseOfTheProduct(string area) =>
        AssertUsesOnly(Area(area), $"EyesonBridge.{area}", "System", "Microsoft");

    [Theory]
    [InlineData("Bus")]
    [InlineData("Cli")]
    [InlineData("Control")]
    [InlineData("Discovery")]
    [InlineData("Hosting")]
    [InlineData("Management")]
    [InlineData("Observation")]
    [InlineData("Outbox")]
    [InlineData("Permalinks")]
    [InlineData("Webhooks")]
    public void Accounts_NeverUse_WhatUsesThem(string feature) => AssertNever("Accounts", feature);

    [Theory]
    [InlineData("Control")]
    [InlineData("Discovery")]
    [InlineData("Permalinks")]
    [InlineData("Webhooks")]
    public void IntentAndObservation_MeetInTheStoreOnly(string intent)
    {
        AssertNever(intent, "Observation");
        AssertNever("Observation", intent);
    }

    [Fact]
    public void CommandLine_IsUsed_ByNothingElse() => AssertOnlyIn(["Cli"], "EyesonBridge.Cli");

    [Fact]
    public void MassTransit_IsUsed_OnlyWhereTheBusIs() => AssertOnlyIn(["Bus", "Control", "Cli"], "MassTransit");

    [Fact]
    public void Simulator_IsUsed_OnlyByTheDemo() => AssertOnlyIn(["Cli.Demo"], "EyesonBridge.Simulator");

    [Fact]
    public void Databases_AreUsed_OnlyByTheStore() => AssertOnlyIn(["Storage"], "Microsoft.Data.Sqlite", "SQLitePCL", "Npgsql");

    /// <summary>The types of one folder of the worker and those below it.</summary>
    private static PredicateList Area(string area) => Types.InAssembly(Worker).That().ResideInNamespace($"EyesonBridge.{area}");

    private static void AssertUsesOnly(PredicateList types, params string[] allowed) => AssertNone(types.Should().OnlyHaveDependencyOn(allowed));

    private static void AssertNever(string area, string other)
    {
        Assert.NotEmpty(Area(other).GetTypes());
        AssertNone(Area(area).Should().NotHaveDependencyOnAny($"EyesonBridge.{other}"));
    }

    private static void AssertOnlyIn(string[] areas, params string[] used)
    {
        Assert.All(areas, area => Assert.NotEmpty(Area(area).And().HaveDependencyOnAny(used).GetTypes()));
        var others = areas.Aggregate(
            Types.InAssembly(Worker).That().ResideInNamespace("EyesonBridge"),
            (types, area) => types.And().DoNotResideInNamespace($"EyesonBridge.{area}"));
        AssertNone(others.Should().NotHaveDependencyOnAny(used));
    }

    private static void AssertNone(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.NotEmpty(result.SelectedTypesForTesting);
        Assert.True(result.IsSuccessful, string.Join(Environment.NewLine, result.FailingTypes.Select(type => $"{type.FullName}: {type.Explanation}")));
    }
}
