using EyesonBridge.Bench;

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}; median of {Comparison.Rounds} rounds (range)");
Comparison.Print("frame", FrameCost.Measure());
Comparison.Print("append", await AppendCost.MeasureAsync());
Comparison.Print("idle room", await IdleRoomCost.MeasureAsync());
