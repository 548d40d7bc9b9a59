using EyesonBridge.Observation;
using EyesonBridge.Storage;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation;

public sealed class FairShareTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FairShare _policy;

    public FairShareTests() => _policy = new FairShare(_time);

    [Theory]
    [InlineData(1, 10, 0, 10, 10)]
    [InlineData(3, 10, 0, 10, 4)]
    [InlineData(3, 10, 3, 4, 1)]
    [InlineData(3, 10, 4, 2, 0)]
    [InlineData(3, 10, 9, 1, 0)]
    [InlineData(3, 10, 2, 0, 0)]
    [InlineData(0, 5, 0, 5, 5)]
    public void MayClaim_RoomsAreFree_TakesUpToItsShare(int replicas, int rooms, int held, int free, int expected) =>
        Assert.Equal(expected, _policy.MayClaim(new ReplicaShare(replicas, rooms, held, free)));

    [Fact]
    public void MayClaim_HasJustBegun_LeavesMostToThoseThatBeginWithIt()
    {
        var alone = new ReplicaShare(Replicas: 1, Rooms: 100_000, Held: 0, Free: 100_000);

        Assert.Equal(FairShare.AtFirst, _policy.MayClaim(alone));
        Assert.Equal(100, _policy.MayClaim(alone with { Held = FairShare.AtFirst - 100 }));
        Assert.Equal(0, _policy.MayClaim(alone with { Held = FairShare.AtFirst }));
        _time.Advance(FairShare.Begin);
        Assert.Equal(2_000 - FairShare.AtFirst, _policy.MayClaim(alone with { Replicas = 50, Held = FairShare.AtFirst }));
    }

    [Fact]
    public void MayClaim_RoomsStayFree_TakesALittleMoreThanItsShareAfterAWhile()
    {
        var share = new ReplicaShare(Replicas: 2, Rooms: 100, Held: 50, Free: 10);

        for (var round = 0; round < 100; round++)
            Assert.Equal(0, _policy.MayClaim(share)); // however many rounds there are: time counts
        _time.Advance(FairShare.Patience);
        Assert.Equal(5, _policy.MayClaim(share));
        Assert.Equal(0, _policy.MayClaim(share with { Held = 55 }));
        Assert.Equal(0, _policy.MayClaim(share with { Free = 0 }));
        Assert.Equal(0, _policy.MayClaim(share));
    }

    [Theory]
    [InlineData(3, 300, 100, 0)]
    [InlineData(3, 300, 120, 0)]
    [InlineData(3, 300, 121, 21)]
    [InlineData(2, 300, 300, 50)]
    [InlineData(2, 3, 3, 0)]
    [InlineData(2, 6, 6, 3)]
    [InlineData(1, 300, 300, 0)]
    public void Surplus_HeldForAWhile_IsGivenUpALittleAtATime(int replicas, int rooms, int held, int expected)
    {
        var share = new ReplicaShare(replicas, rooms, held, Free: 0);
        Assert.Equal(0, _policy.Surplus(share));
        Assert.Equal(0, _policy.Surplus(share));

        _time.Advance(FairShare.Patience);
        Assert.Equal(expected, _policy.Surplus(share));
        Assert.Equal(0, _policy.Surplus(share));
        _time.Advance(FairShare.Patience);
        Assert.Equal(expected, _policy.Surplus(share));
    }

    [Fact]
    public void Surplus_WhatMayBeClaimed_IsNeverGivenUpAgain()
    {
        for (var rooms = 1; rooms < 1_000; rooms++)
        {
            _policy.MayClaim(new ReplicaShare(3, rooms, 0, rooms));
            _time.Advance(FairShare.Patience);
            var share = new ReplicaShare(3, rooms, _policy.MayClaim(new ReplicaShare(3, rooms, 0, rooms)), Free: 0);
            Assert.Equal(0, _policy.Surplus(share));
            Assert.Equal(0, _policy.Surplus(share));
            _time.Advance(FairShare.Patience);
            Assert.Equal(0, _policy.Surplus(share));
            Assert.Equal(0, _policy.MayClaim(share));
        }
    }

    [Fact]
    public void Surplus_ReplicasComeAndGo_IsKept()
    {
        for (var round = 0; round < 50; round++)
        {
            Assert.Equal(0, _policy.Surplus(new ReplicaShare(2 + (round % 3), Rooms: 300, Held: 300, Free: 0)));
            _time.Advance(FairShare.Patience);
        }
    }

    [Theory]
    [InlineData(260, 50)]
    [InlineData(700, 50)]
    [InlineData(10_200, 1_000)] // the first of many took most of what there was
    public void Surplus_FarTooMuch_IsGivenUpFaster(int held, int expected)
    {
        var share = new ReplicaShare(Replicas: 100, Rooms: 20_000, held, Free: 0);
        _policy.Surplus(share);
        Assert.Equal(0, _policy.Surplus(share));
        _time.Advance(FairShare.Patience);

        Assert.Equal(expected, _policy.Surplus(share));
    }
}
