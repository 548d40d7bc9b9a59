namespace EyesonBridge.Testing.Processes;

/// <summary>A test needs a program or package that is not there: it fails, and says how to mend that.</summary>
public static class MissingTool
{
    /// <summary>The exception to throw.</summary>
    /// <param name="what">What is missing, as the beginning of a sentence.</param>
    /// <param name="cause">How that was found, if by an exception.</param>
    public static InvalidOperationException Error(string what, Exception? cause = null) =>
        new($"{what} is missing. Run scripts/test once to install it.", cause);
}
