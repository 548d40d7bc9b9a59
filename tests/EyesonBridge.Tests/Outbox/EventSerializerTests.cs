using System.Text.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;
using MassTransit.Serialization;

namespace EyesonBridge.Tests.Outbox;

/// <summary>What the outbox keeps is what consumers get.</summary>
public sealed class EventSerializerTests
{
    private static readonly JsonSerializerOptions Bus = new(SystemTextJsonMessageSerializer.Options) { WriteIndented = false };

    public static TheoryData<string> Types => [.. EventNames.Types.Select(type => type.Name)];

    [Fact]
    public void Types_All_AreTheEventsOfTheContracts() =>
        Assert.Equal(
            Sample.Messages.Keys.Where(type => type.IsAssignableTo(typeof(IRoomEvent))).Select(type => type.Name).Order(StringComparer.Ordinal),
            EventNames.Types.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public void Write_EveryEvent_IsWhatMassTransitWrites(string type) => AssertSame(Named(type));

    [Theory]
    [MemberData(nameof(Types))]
    public void Write_EveryEventWithoutWhatIsOptional_IsWhatMassTransitWrites(string type) => AssertSame(Bare(type));

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_WhatWasWritten_GivesTheEventBack(string type)
    {
        var happened = Named(type);

        var read = EventSerializer.Read(type, EventSerializer.Write(happened));

        Assert.IsType(happened.GetType(), read);
        Assert.Equivalent(happened, read, strict: true);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_ThroughTheBus_LosesNothing(string type)
    {
        var read = EventSerializer.Read(type, EventSerializer.Write(Named(type)));

        AssertSame(Named(type), read);
    }

    [Fact]
    public void Read_TypeOfANewerVersion_SaysWhatToDo()
    {
        var error = Assert.Throws<NotSupportedException>(() => EventSerializer.Read("HologramStarted", "{}"u8.ToArray()));

        Assert.Contains("HologramStarted", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"eventId\":")]
    [InlineData("")]
    [InlineData("{}")] // lacks what is required
    public void Read_NoSuchEvent_IsAJsonException(string payload) =>
        Assert.ThrowsAny<JsonException>(() => EventSerializer.Read(nameof(ParticipantJoined), System.Text.Encoding.UTF8.GetBytes(payload)));

    private static RoomEvent Named(string type) =>
        (RoomEvent)Sample.Messages.Single(message => string.Equals(message.Key.Name, type, StringComparison.Ordinal)).Value;

    /// <summary>The event as it is read from JSON that has nothing but what is required.</summary>
    private static RoomEvent Bare(string type)
    {
        var happened = Named(type);
        var json = JsonNode.Parse(EventSerializer.Write(happened))!.AsObject();
        foreach (var property in happened.GetType().GetProperties())
        {
            if (!property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), inherit: false) && property.DeclaringType != typeof(RoomEvent))
                json.Remove(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        }

        json.Remove("meetingId");
        return EventSerializer.Read(type, JsonSerializer.SerializeToUtf8Bytes(json));
    }

    private static void AssertSame(RoomEvent happened, RoomEvent? other = null)
    {
        var outbox = JsonNode.Parse(EventSerializer.Write(happened))!;
        var bus = JsonSerializer.SerializeToNode(other ?? happened, happened.GetType(), Bus)!;

        Assert.True(JsonNode.DeepEquals(bus, outbox), $"bus:    {bus.ToJsonString()}\noutbox: {outbox.ToJsonString()}");
        Assert.Equal(bus.AsObject().Select(property => property.Key), outbox.AsObject().Select(property => property.Key), StringComparer.Ordinal);
    }
}
