using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests.Samples;

/// <summary>What the meeting shows and sends: streams, files, presentations, layout and podium.</summary>
internal static class ListEvents
{
    internal static readonly Broadcast Broadcast = new()
    {
        Id = "generic",
        Platform = "generic",
        PlayerUrl = "https://live.example.com/watch/observer-demo",
        StartedBy = Sample.User,
    };

    internal static readonly Playback Playback = new()
    {
        PlayId = "demo-video",
        Url = "https://myawesomeapp.com/videos/demo-video.webm",
        Name = "Demo video",
        HasAudio = true,
        LoopCount = 0,
        ReplacementId = "test@observer.com",
    };

    internal static readonly Presentation Presentation = new() { PresentedBy = Sample.User };

    internal static readonly Layout Layout = new()
    {
        Mode = "custom",
        Name = "nine",
        Users = ["test@observer.com", ""],
        Map = "[[0,0,640,720],[640,0,640,720]]",
        ShowNames = true,
        VoiceActivation = false,
    };

    internal static readonly object[] All =
    [
        Sample.Event<BroadcastStarted>(15, "2023-12-11T09:52:01.700Z") with { Broadcast = Broadcast },
        Sample.Event<BroadcastStopped>(16, "2023-12-11T09:53:44.030Z") with { Broadcast = Broadcast },
        Sample.Event<PlaybackStarted>(17, "2023-12-11T09:54:10.256Z") with { Playback = Playback },
        Sample.Event<PlaybackEnded>(18, "2023-12-11T09:54:41.311Z") with { Playback = Playback },
        Sample.Event<PresentationStarted>(19, "2023-12-11T09:55:20.874Z") with { Presentation = Presentation },
        Sample.Event<PresentationStopped>(20, "2023-12-11T09:57:02.490Z") with { Presentation = Presentation },
        Sample.Event<LayoutChanged>(8, "2023-12-11T09:49:05.660Z") with { Layout = Layout, Changed = ["mode", "name", "users"] },
        Sample.Event<PodiumChanged>(9, "2023-12-11T09:49:05.702Z") with
        {
            Segments =
            [
                new PodiumSegment { UserId = "test@observer.com", PlayId = "demo-video", Width = 427, Height = 240, Left = 0, Top = 0, ZIndex = 0 },
                new PodiumSegment { Width = 427, Height = 240, Left = 427, Top = 0, ZIndex = 1 },
            ],
            Layers =
            [
                new PodiumLayer { Id = "da9c96e70034e45d1ba2b80a304c0808", ZIndex = 1 },
                new PodiumLayer { Id = "fc26523a13be45fcf1728a5f7360e611", ZIndex = -1 },
            ],
        },
    ];
}
