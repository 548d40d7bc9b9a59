using EyesonBridge.Bench;

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}; median of {Comparison.Rounds} rounds (range)");
Comparison.Print("frame", FrameCost.Measure());
Comparison.Print("receive", await ReceiveCost.MeasureAsync());
Comparison.Print("append", await AppendCost.MeasureAsync());
Comparison.Print("idle socket", await IdleSocketCost.MeasureAsync());
Comparison.Print("idle room", await IdleRoomCost.MeasureAsync());
if (Environment.GetEnvironmentVariable("Bus__Url") is { Length: > 0 } broker)
    Comparison.Print("publish", await PublishCost.MeasureAsync(new Uri(broker)));
else
    Console.WriteLine("publish     not measured: it needs a broker (scripts/with-broker, or Bus__Url)");
