using EyesonBridge.Bench.Scale;

namespace EyesonBridge.Bench.Tests.Scale;

public sealed class ScaleStoryTests
{
    private static readonly ScaleOptions Small = new() { Rooms = 600, Replicas = 6, Seed = 7 };

    [Fact]
    public void Run_TheSameSeed_GivesTheSameResult()
    {
        var first = ScaleStory.Run(Small);
        var second = ScaleStory.Run(Small);

        Assert.Equal(ScaleReport.Of(first), ScaleReport.Of(second));
        Assert.Equal(first.Samples, second.Samples);
        Assert.NotEqual(first.Samples, ScaleStory.Run(Small with { Seed = 8 }).Samples);
    }

    [Fact]
    public void Run_EachPhase_EndsWithAllRoomsObserved()
    {
        var result = ScaleStory.Run(Small);

        Assert.Equal(8, result.Phases.Count);
        Assert.All(result.Phases, static phase => Assert.NotNull(phase.SettledAfter));
        Assert.Equal(Small.Rooms, result.Samples[^1].Observed);
        Assert.All(result.Phases, static phase => Assert.Equal(phase.Lost, phase.ObservedAfter.Count - (phase.Name is "all start" ? Small.Rooms : 0)));
    }

    [Fact]
    public void Kill_OfAReplica_IsNoticedWhenItsLeaseEnds()
    {
        var phase = ScaleStory.Run(Small).Phases.Single(static phase => phase.Name is "one is killed");

        Assert.Equal(phase.Lost, phase.ClaimedAfter.Count);
        Assert.True(phase.ClaimedAfter.Min() > TimeSpan.FromSeconds(3), $"{phase.ClaimedAfter.Min()}"); // renewed just before, and up to a second later
        Assert.True(phase.ClaimedAfter.Max() < TimeSpan.FromSeconds(8), $"{phase.ClaimedAfter.Max()}");
    }

    [Fact]
    public void Outage_OfTheDatabase_MovesNoRoom()
    {
        var phase = ScaleStory.Run(Small).Phases.Single(static phase => phase.Name.StartsWith("the database is away", StringComparison.Ordinal));

        Assert.Equal(0, phase.Lost);
        Assert.Equal(0, phase.Handshakes);
    }

    [Fact]
    public void Handshakes_OfAllReplicas_KeepToTheLimitOfTheAccount()
    {
        // What is in a second: the burst, once, and what comes with the rate.
        var result = ScaleStory.Run(Small with { Rooms = 3_000, HandshakesPerSecond = 50, HandshakeBurst = 100 });
        var killed = result.Phases.Single(static phase => phase.Name is "a third is killed");

        Assert.True(killed.MostHandshakes <= 100 + 50 + 6, $"{killed.MostHandshakes}");
        Assert.True(killed.ObservedAfter.Max() > TimeSpan.FromSeconds((killed.Lost - 100) / 50), $"{killed.ObservedAfter.Max()}");
    }

    [Fact]
    public void Claim_OfARoomThatIsActedOn_Fails()
    {
        var cluster = new SimulatedCluster(Small);

        Assert.Throws<ScaleException>(() => cluster.Time.Run(async () =>
        {
            await cluster.AddReplicaAsync(TimeSpan.Zero);
            var replica = Assert.Single(cluster.Alive);
            await cluster.Time.DelayAsync(TimeSpan.FromSeconds(5));
            var other = new SimulatedReplica(cluster, 2);

            // Long after its lease, as a database with a clock of its own would see it.
            cluster.Rooms.Claim(other, 1, mayTakeOver: true, replica.LeaseUntil + TimeSpan.FromSeconds(1));
        }));
    }

    [Fact]
    public async Task Plot_OfARun_IsAnSvg()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.svg");
        try
        {
            ScalePlot.Save(file, ScaleStory.Run(Small));

            var svg = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.Contains("<svg", svg, StringComparison.Ordinal);
            Assert.Contains("</svg>", svg, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--rooms")]
    [InlineData("--rooms", "many")]
    [InlineData("--colour", "1")]
    public void Read_WhatIsNoOption_IsRefused(params string[] arguments) => Assert.Throws<BenchException>(() => ScaleProgram.Read(arguments));

    [Fact]
    public void Read_Options_AreTaken()
    {
        var options = ScaleProgram.Read(["--rooms", "10", "--replicas", "2", "--seed", "3", "--accounts", "4", "--handshakes", "5", "--processors", "6"]);

        Assert.Equal((10, 2, 3, 4, 5, 25, 6), (options.Rooms, options.Replicas, options.Seed, options.Accounts, options.HandshakesPerSecond, options.HandshakeBurst, options.Database.Processors));
    }
}
