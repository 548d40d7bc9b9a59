using System.Text;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Tests.Observer;

/// <summary>The documented body of each event, one a file.</summary>
internal static class Samples
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples");

    public static byte[] Bytes(string type) => File.ReadAllBytes(Path.Combine(Folder, $"{type}.json"));

    public static TEvent Read<TEvent>(string type)
        where TEvent : ObserverEvent => Assert.IsType<TEvent>(ObserverEventReader.Read(Bytes(type)));

    public static TEvent Parse<TEvent>(string json)
        where TEvent : ObserverEvent => Assert.IsType<TEvent>(ObserverEventReader.Read(Encoding.UTF8.GetBytes(json)));
}
