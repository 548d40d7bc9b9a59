using EyesonBridge.Hosting;
using EyesonBridge.Storage;

namespace EyesonBridge.Cli.Doctor;

/// <summary>What the doctor finds: a line for each part, or a document with all of them.</summary>
internal sealed class Examination(CommandOutput output)
{
    private readonly List<object> _checks = [];

    /// <summary>False when something is wrong.</summary>
    public bool IsWell { get; private set; } = true;

    /// <summary>Tells that a part is well.</summary>
    public void Well(string part, string text) => Tell(output.Paint.Good("ok   "), "ok", part, text);

    /// <summary>Tells what works, but should not be left so.</summary>
    public void Doubtful(string part, string text) => Tell(output.Paint.Doubtful("warn "), "warn", part, text);

    /// <summary>Tells what is wrong with a part.</summary>
    public void Wrong(string part, string text)
    {
        IsWell = false;
        Tell(output.Paint.Bad("WRONG"), "wrong", part, text);
    }

    /// <summary>Checks a part, and tells.</summary>
    public async Task<bool> CheckAsync(string part, Func<Task<string>> check)
    {
        try
        {
            Well(part, await check());
            return true;
        }
        catch (Exception wrong) when (wrong is CommandFailure or StoreException or ConfigurationException)
        {
            Wrong(part, wrong.Message);
            return false;
        }
    }

    /// <summary>Ends it.</summary>
    public void End() => output.Object(new { Ok = IsWell, Checks = _checks });

    private void Tell(string mark, string status, string part, string text)
    {
        output.Line($"{mark}  {part,-18} {text}");
        _checks.Add(new { Check = part, Status = status, Text = text });
    }
}
