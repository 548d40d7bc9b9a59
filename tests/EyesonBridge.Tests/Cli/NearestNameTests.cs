using EyesonBridge.Cli;

namespace EyesonBridge.Tests.Cli;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("lst", "list")]
    [InlineData("tial", "tail")]
    [InlineData("obs", "observe")]
    [InlineData("OBSERVE", "observe")]
    [InlineData("permalinks", "permalink")]
    [InlineData("st", null)] // store or stop
    [InlineData("nonsense", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void To_WhatWasTyped_IsTheNameThatWasMeant(string typed, string? expected) =>
        Assert.Equal(expected, NearestName.To(typed, ["run", "observe", "stop", "list", "tail", "permalink", "store"]));
}
