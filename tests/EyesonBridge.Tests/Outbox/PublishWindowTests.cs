using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Outbox;

public sealed class PublishWindowTests
{
    private readonly PublishWindow _window = new(most: 10);

    [Fact]
    public void IsFull_AsManyAsAllowed_UntilOneIsGone()
    {
        _window.Add(9, 90);
        Assert.False(_window.IsFull);
        _window.Add(1, 10);
        Assert.True(_window.IsFull);
        _window.Add(-1, -10);
        Assert.False(_window.IsFull);
    }

    [Fact]
    public void IsFull_FewButLarge_IsTrue()
    {
        _window.Add(2, 8 * 1024 * 1024);

        Assert.True(_window.IsFull);
    }

    [Fact]
    public void TryDequeue_RoomsInTurns_EachOnce()
    {
        RoomLane one = new("one", _window), two = new("two", _window);
        _window.Enqueue(one);
        _window.Enqueue(two);
        _window.Enqueue(one);

        Assert.True(_window.TryDequeue(out var first));
        Assert.True(_window.TryDequeue(out var second));
        Assert.False(_window.TryDequeue(out _));
        Assert.Equal(["one", "two"], [first.RoomId, second.RoomId]);
        Assert.Null(one.QueuedIn);
    }

    [Fact]
    public void TryDequeue_RoomThatHasMoved_IsPassed()
    {
        var other = new PublishWindow(10);
        RoomLane moved = new("moved", _window), stays = new("stays", _window);
        _window.Enqueue(moved);
        _window.Enqueue(stays);
        moved.Window = other;
        other.Enqueue(moved);

        Assert.True(_window.TryDequeue(out var next));
        Assert.Equal("stays", next.RoomId);
        Assert.False(_window.TryDequeue(out _));
        Assert.True(other.TryDequeue(out next));
        Assert.Equal("moved", next.RoomId);
    }

    [Fact]
    public void Window_RoomMoves_WhatIsUnderWayIsCountedThere()
    {
        var other = new PublishWindow(2);
        var lane = new RoomLane("room", _window);
        for (var number = 1; number <= 10; number++)
        {
            lane.Add(Lanes.Entry(number));
            lane.Send(0);
        }

        Assert.True(_window.IsFull);
        lane.Window = other;
        Assert.False(_window.IsFull);
        Assert.True(other.IsFull);
        lane.TakeBack(new InvalidOperationException("lost"));
        Assert.False(other.IsFull);
    }
}
