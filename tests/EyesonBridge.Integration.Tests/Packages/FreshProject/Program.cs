using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Simulator;

// A project of somebody who has only the packages: a simulated Eyeson for a bridge, a consumer of the bridge, and an observer
// of its own. Arguments: broker, room. It waits for a line when it has said where its Eyeson is, and for another one to end.
await using var eyeson = await EyesonSimulator.StartAsync();
var room = eyeson.CreateRoom(args[1]);
Console.WriteLine(eyeson.Url);
await Console.In.ReadLineAsync();

var bus = await Attendance.StartAsync(new Uri(args[0]), room.Id, Console.Out, CancellationToken.None);
var printed = EventPrinter.RunAsync(new CableTarget { Url = eyeson.Url, RoomId = room.Id, ApiKey = "demo-key" }, Console.Out, CancellationToken.None);
await room.WhenSubscribedAsync(2, CancellationToken.None);
room.Join(new SimulatedUser("alice@example.com", "Alice"));
room.Shutdown();
await printed;
await Console.In.ReadLineAsync();
await bus.StopAsync();
