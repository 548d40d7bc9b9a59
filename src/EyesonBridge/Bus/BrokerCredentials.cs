namespace EyesonBridge.Bus;

/// <summary>User and password that are given beside the broker's address, such as by a secret of their own.</summary>
internal static class BrokerCredentials
{
    /// <summary>The address with them in it; as it is when there are none, or when it is no address.</summary>
    /// <param name="url">The address, perhaps with a user and a password.</param>
    /// <param name="user">Replaces that user, unless null or empty.</param>
    /// <param name="password">Replaces that password, unless null or empty.</param>
    public static string AddTo(string url, string? user, string? password)
    {
        if ((string.IsNullOrEmpty(user) && string.IsNullOrEmpty(password)) || !Uri.TryCreate(url, UriKind.Absolute, out var address))
            return url;

        var own = address.UserInfo.Split(':', 2);
        var asUser = string.IsNullOrEmpty(user) ? own[0] : Uri.EscapeDataString(user);
        var asPassword = string.IsNullOrEmpty(password) ? own.ElementAtOrDefault(1) : Uri.EscapeDataString(password);
        var place = address.GetComponents(UriComponents.HostAndPort | UriComponents.PathAndQuery, UriFormat.UriEscaped);
        return asPassword is null ? $"{address.Scheme}://{asUser}@{place}" : $"{address.Scheme}://{asUser}:{asPassword}@{place}";
    }

    /// <summary>What is wrong with them; null when nothing is.</summary>
    public static string? Problem(BusOptions options)
    {
        if ((string.IsNullOrEmpty(options.Username) && string.IsNullOrEmpty(options.Password)) || !Uri.TryCreate(options.Url, UriKind.Absolute, out var url))
            return null;

        var parts = url.UserInfo.Split(':', 2);
        if (parts[0].Length == 0)
            return "Bus:Password needs a user: set Bus:Username too, or name one in Bus:Url.";
        return parts.Length < 2 ? "Bus:Username needs a password: set Bus:Password too, or give it in Bus:Url." : null;
    }
}
