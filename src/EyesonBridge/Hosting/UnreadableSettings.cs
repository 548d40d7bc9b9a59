namespace EyesonBridge.Hosting;

/// <summary>Files with settings that cannot be read.</summary>
internal static class UnreadableSettings
{
    /// <summary>Reads settings.</summary>
    /// <exception cref="ConfigurationException">A file or folder is missing, or cannot be read, or is not what it should be; the message names it.</exception>
    public static T Told<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new ConfigurationException([$"Settings cannot be read: {denied.Message} Let this user read the file, or take it away."]);
        }
        catch (InvalidDataException unreadable)
        {
            throw new ConfigurationException([$"{unreadable.Message} {unreadable.InnerException?.Message}".TrimEnd()]);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new ConfigurationException([missing.Message]);
        }
        catch (IOException failed)
        {
            throw new ConfigurationException([$"Settings cannot be read: {failed.Message}"]);
        }
    }
}
