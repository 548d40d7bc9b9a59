using System.Reflection;

namespace EyesonBridge.Tests.Architecture;

public sealed class TimeoutTests
{
    /// <summary>A test that waits for what never comes fails, and says which it is; without a limit it would hold up all others.</summary>
    [Fact]
    public void Tests_ThatCanWait_HaveALimit()
    {
        var without =
            from type in typeof(TimeoutTests).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            let fact = method.GetCustomAttribute<FactAttribute>()
            where fact is { Timeout: 0 } && (typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType == typeof(ValueTask))
            select $"{type.Name}.{method.Name}";

        Assert.Empty(without);
    }
}
