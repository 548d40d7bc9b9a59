using EyesonBridge.Meetings;

namespace EyesonBridge.Tests.Meetings;

/// <summary>An id that was published once must never become another one: consumers recognise repeats by it.</summary>
public sealed class EventIdentityTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Theory]
    [InlineData("Hello", "309c501f-c96c-8870-9866-ca13b8d62aaf")]
    [InlineData("Grüße 👋 from \"Wien\"", "5b7125e2-e549-8d23-a3f3-dc0fd9f9a05f")]
    public void Message_AContent_HasTheIdThatItAlwaysHad(string content, string expected) =>
        Assert.Equal(Guid.Parse(expected), EventIdentity.Message("chat", "room", "user", "client", At, content));

    [Fact]
    public void Message_LongContent_HasTheIdThatItAlwaysHad() =>
        Assert.Equal(Guid.Parse("626a20ed-d939-8af7-84a8-58b3152a5012"), EventIdentity.Message("chat", "room", userId: null, clientId: null, At, new string('ü', 5_000)));

    [Fact]
    public void Recording_Phases_HaveTheIdsThatTheyAlwaysHad() =>
        Assert.Equal(
            [Guid.Parse("3f535790-af17-8aed-be78-4b122c06b2d8"), Guid.Parse("8f34cacc-4fd8-8391-bc27-c9dba05a845c"), Guid.Parse("87040f4e-f2e1-8b72-8493-a422c2494bb4")],
            new[] { RecordingPhases.Started, RecordingPhases.Stopped, RecordingPhases.Finished }.Select(phase => EventIdentity.Recording("recording", phase)));

    [Fact]
    public void Meeting_StartAndEnd_HaveTheIdsThatTheyAlwaysHad() =>
        Assert.Equal(
            (Guid.Parse("5da59011-a0e6-84d5-af51-a34bda40c7ee"), Guid.Parse("6ff07041-9427-8813-b73c-a71056446f46")),
            (EventIdentity.MeetingStart("room", At), EventIdentity.MeetingEnd("room", At)));

    [Fact]
    public void Message_SameTextsCutElsewhere_IsAnotherOne() =>
        Assert.NotEqual(
            EventIdentity.Message("chat", "room", "ab", "c", At, "x"),
            EventIdentity.Message("chat", "room", "a", "bc", At, "x"));
}
