using System.Globalization;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Tests.Observer;

/// <summary>Every field of every documented body.</summary>
public sealed class SampleTests
{
    private static readonly Room BriefRoom = new()
    {
        Id = "6576daef1f138900153d0762",
        Name = "Observer demo",
        Ready = true,
        StartedAt = Utc("2023-12-11T09:48:32.031Z"),
        Shutdown = false,
        GuestToken = "jCWzhzCWONkbIubUYF7PD3hP",
    };

    private static readonly User BriefUser = new()
    {
        Id = "test@observer.com",
        Name = "Observer",
        Guest = false,
        JoinedAt = Utc("2023-12-11T09:48:34.433Z"),
    };

    [Fact]
    public void Read_EverySample_GivesAKnownEventOfItsType()
    {
        var files = Directory.GetFiles(Samples.Folder, "*.json");

        Assert.Equal(12, files.Length);
        Assert.All(files, file =>
        {
            var read = ObserverEventReader.Read(File.ReadAllBytes(file));
            Assert.Equal(Path.GetFileNameWithoutExtension(file), read.Type);
            Assert.IsNotType<UnknownEvent>(read);
            Assert.IsNotType<UnreadableEvent>(read);
        });
    }

    [Fact]
    public void Read_RoomUpdate_GivesTheWholeRoom()
    {
        var room = Samples.Read<RoomUpdate>("room_update").Room!;

        var brief = room with { Options = null, Participants = null, Playbacks = null, Broadcasts = null, Presentation = default, Recording = default };
        Assert.Equal(BriefRoom, brief);
        Assert.Empty(room.Participants!);
        Assert.Empty(room.Playbacks!);
        Assert.Empty(room.Broadcasts!);
        Assert.Equal(new Optional<Presentation>(null), room.Presentation);
        Assert.Equal(new Optional<Recording>(null), room.Recording);
        AssertOptions(room.Options!, layoutName: null);
        Assert.Null(room.Options!.LayoutUsers);
    }

    [Fact]
    public void Read_ParticipantUpdate_GivesTheParticipant() => Assert.Equal(
        new User { Id = "test@observer.com", RoomId = "6576daef1f138900153d0762", Name = "Observer", Guest = false, Online = true },
        Samples.Read<ParticipantUpdate>("participant_update").Participant);

    [Fact]
    public void Read_RecordingUpdate_GivesTheRecording() => Assert.Equal(
        new Recording
        {
            Id = "6576db593df56e00150ae3ce",
            CreatedAt = Utc("2023-12-11T09:50:18Z"),
            Duration = 5,
            Links = new()
            {
                Self = "https://api.eyeson.team/recordings/6576db593df56e00150ae3ce",
                Download = "https://fs.eyeson.com/meetings/6576daf01f138900153d0763/6576db593df56e00150ae3ce.webm?X-Amz-Algorithm=...",
            },
            User = BriefUser,
            Room = BriefRoom,
        },
        Samples.Read<RecordingUpdate>("recording_update").Recording);

    [Fact]
    public void Read_BroadcastsUpdate_GivesTheBroadcasts() => Assert.Equal(
        [new Broadcast { Id = "generic", Platform = "generic", PlayerUrl = "", User = BriefUser, Room = BriefRoom }],
        Samples.Read<BroadcastsUpdate>("broadcasts_update").Broadcasts!);

    [Fact]
    public void Read_OptionsUpdate_GivesTheOptions()
    {
        var options = Samples.Read<OptionsUpdate>("options_update").Options!;

        AssertOptions(options, layoutName: "nine");
        Assert.Equal(["", "", "", "", "", "", "", "", ""], options.LayoutUsers!);
    }

    [Fact]
    public void Read_SnapshotUpdate_GivesTheSnapshots() => Assert.Equal(
        [
            new Snapshot
            {
                Id = "6576dd5ee71541001518fc11",
                Name = "1702288734",
                Links = new() { Download = "https://fs.eyeson.com/meetings/6576daf01f138900153d0763/snapshots/1702288734.jpg?X-Amz-Algorithm=..." },
                Creator = BriefUser,
                CreatedAt = Utc("2023-12-11T09:58:54.498Z"),
                Room = BriefRoom,
            },
        ],
        Samples.Read<SnapshotUpdate>("snapshot_update").Snapshots!);

    [Fact]
    public void Read_Chat_GivesTheMessage() => Assert.Equal(
        new ChatMessage { Content = "Hello world!", ClientId = "6576daf01f138900153d0764", UserId = "test@observer.com", CreatedAt = Utc("2023-12-11T09:59:33.892Z") },
        Samples.Read<ChatMessage>("chat"));

    [Fact]
    public void Read_Custom_GivesTheMessage() => Assert.Equal(
        new CustomMessage { Content = "Your custom message", ClientId = "6576daf01f138900153d0764", UserId = "test@observer.com", CreatedAt = Utc("2023-12-11T10:01:49.353Z") },
        Samples.Read<CustomMessage>("custom"));

    [Fact]
    public void Read_PlaybackUpdate_GivesThePlaybacks() => Assert.Equal(
        [new Playback { PlayId = "demo-video", Url = "https://myawesomeapp.com/videos/demo-video.webm", Audio = true, LoopCount = 0 }],
        Samples.Read<PlaybackUpdate>("playback_update").Playing!);

    [Fact]
    public void Read_PodiumUpdate_GivesSegmentsAndLayers()
    {
        var podium = Samples.Read<PodiumUpdate>("podium_update");

        Assert.Equal(9, podium.Podium!.Count);
        Assert.Equal(new PodiumSegment { UserId = "test@observer.com", Width = 427, Height = 240, Left = 0, Top = 0, ZIndex = 0 }, podium.Podium[0]);
        Assert.Equal(new PodiumSegment { Width = 426, Height = 240, Left = 854, Top = 480, ZIndex = 8 }, podium.Podium[8]);
        Assert.Equal(
            [new PodiumLayer { Id = "da9c96e70034e45d1ba2b80a304c0808", ZIndex = 1 }, new PodiumLayer { Id = "fc26523a13be45fcf1728a5f7360e611", ZIndex = -1 }],
            podium.Layers!);
    }

    [Fact]
    public void Read_Lock_GivesLocked() => Assert.True(Samples.Read<LockUpdate>("lock").Locked);

    [Fact]
    public void Read_PresentationUpdate_GivesThePresentation() => Assert.Equal(
        new Presentation { User = BriefUser, Room = BriefRoom },
        Samples.Read<PresentationUpdate>("presentation_update").Presentation.Value);

    private static void AssertOptions(RoomOptions options, string? layoutName)
    {
        Assert.Equal("{}", options.CustomFields?.GetRawText());
        Assert.Equal(
            new RoomOptions
            {
                ShowNames = true,
                ShowLabel = true,
                RecordingAvailable = true,
                BroadcastAvailable = true,
                LayoutAvailable = true,
                Layout = "auto",
                ReactionAvailable = true,
                SuggestGuestNames = true,
                LockAvailable = true,
                KickAvailable = true,
                SfuMode = "ptp",
                LayoutName = layoutName,
                VoiceActivation = false,
                Widescreen = true,
                BackgroundColor = "#121212",
            },
            options with { LayoutUsers = null, CustomFields = null });
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
