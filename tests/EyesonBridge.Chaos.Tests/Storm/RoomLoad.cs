using EyesonBridge.Simulator;

namespace EyesonBridge.Chaos.Tests.Storm;

/// <summary>A meeting in which something happens ten times a second: mostly messages, and of everything else a bit.</summary>
internal sealed class RoomLoad(SimulatedRoom room, Random random)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly SimulatedPlayback Video = new() { PlayId = "video", Url = "https://example.com/v.webm" };
    private static readonly string[] People = ["alice", "bob", "carol", "dave", "erin"];

    private readonly Queue<string> _unfinished = [];
    private int _messages;
    private bool _presents;
    private bool _broadcasts;
    private bool _plays;

    public SimulatedRoom Room => room;

    /// <summary>Every recording that was started.</summary>
    public List<string> Recordings { get; } = [];

    /// <summary>Every snapshot that was taken.</summary>
    public List<string> Snapshots { get; } = [];

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                Act();
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }
    }

    /// <summary>Says something that was never said before, and returns it.</summary>
    public string Say(string kind)
    {
        var content = $"{room.Id}/{++_messages}";
        if (string.Equals(kind, "chat", StringComparison.Ordinal))
            room.Chat(content, "alice");
        else
            room.Custom(content, "alice");
        return content;
    }

    /// <summary>Ends the meeting, with a recording that runs; all files are there only after that.</summary>
    public void End()
    {
        if (room.ActiveRecording is null)
            Recordings.Add(room.StartRecording());
        _unfinished.Enqueue(room.ActiveRecording!);
        room.Shutdown();
        while (_unfinished.TryDequeue(out var recording))
            room.FinishRecording(recording);
    }

    private void Act()
    {
        switch (random.Next(100))
        {
            case < 50:
                Say("chat");
                break;
            case < 65:
                Say("custom");
                break;
            case < 80:
                ComeOrGo(People[random.Next(People.Length)]);
                break;
            case < 87:
                Record();
                break;
            case < 90:
                Snapshots.Add(room.TakeSnapshot());
                break;
            case < 93:
                Toggle(ref _presents, () => room.StartPresentation(Anybody()), room.StopPresentation);
                break;
            case < 95:
                Toggle(ref _broadcasts, () => room.StartBroadcast(), () => room.StopBroadcast());
                break;
            case < 97:
                Toggle(ref _plays, () => room.StartPlayback(Video), () => room.StopPlayback(Video.PlayId));
                break;
            case < 99:
                room.SetLayout(new SimulatedLayout { LayoutName = $"layout-{random.Next(9)}" });
                break;
            default:
                room.Lock();
                room.Unlock();
                break;
        }
    }

    private void ComeOrGo(string person)
    {
        if (room.Participants.Contains(person, StringComparer.Ordinal))
            room.Leave(person);
        else
            room.Join(new SimulatedUser(person, person.ToUpperInvariant()));
    }

    /// <summary>Starts a recording, stops it, and has its file made a while later.</summary>
    private void Record()
    {
        if (_unfinished.Count > random.Next(3))
            room.FinishRecording(_unfinished.Dequeue());
        else if (room.ActiveRecording is null)
            Recordings.Add(room.StartRecording());
        else
            _unfinished.Enqueue(room.StopRecording());
    }

    private string Anybody()
    {
        if (room.Participants is [var first, ..])
            return first;

        ComeOrGo("alice");
        return "alice";
    }

    private static void Toggle(ref bool isOn, Action start, Action stop)
    {
        (isOn ? stop : start)();
        isOn = !isOn;
    }
}
