using System.Text.RegularExpressions;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus.Access;

/// <summary>What the broker does not allow, a virtual host or a permission, in one line that says what to do.</summary>
internal static partial class BrokerRefusal
{
    private const string Documented = "docs/security.md, 'Who may do what on the broker', has all that is needed";

    /// <summary>What an exception says of it; null when it is about something else.</summary>
    public static string? Explain(Uri broker, Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is OperationInterruptedException && Explain(BrokerHost.PlaceOf(broker), error.Message) is { } explanation)
                return explanation;
        }

        return null;
    }

    /// <summary>The same of a text of the broker's, with the ids of class and method that the client adds.</summary>
    public static string? Explain(string place, string text)
    {
        if (NoVirtualHost().Match(text) is { Success: true } noHost)
        {
            var name = noHost.Groups["vhost"].Value;
            return $"The broker at {place} has no virtual host '{name}'. Create it (rabbitmqctl add_vhost {name}), or correct the path in Bus:Url (environment: Bus__Url).";
        }

        if (NotInVirtualHost().Match(text) is { Success: true } notIn)
        {
            var (user, host) = (notIn.Groups["user"].Value, notIn.Groups["vhost"].Value);
            return $"The broker at {place} does not let user '{user}' into the virtual host '{host}'. Give it permissions there: rabbitmqctl set_permissions --vhost {host} {user} CONFIGURE WRITE READ; {Documented}.";
        }

        if (NoPermission().Match(text) is { Success: true } none)
        {
            return Missing(
                place,
                none.Groups["user"].Value,
                none.Groups["vhost"].Value,
                $"{PermissionIn(none, text)} {none.Groups["kind"].Value} '{none.Groups["name"].Value}'");
        }

        return OtherForm().Match(text) is { Success: true } other
            ? $"The broker at {place} refuses: {other.Value}. Delete what is there in another form once, or choose another name (Bus:ControlQueue)."
            : null;
    }

    /// <summary>What several missing permissions come to.</summary>
    public static string Explain(Uri broker, string user, IReadOnlyList<BrokerNeed> missing)
    {
        const int Named = 3;
        var rest = missing.Count > Named ? $" and {missing.Count - Named} more" : "";
        return Missing(BrokerHost.PlaceOf(broker), user, VirtualHostOf(broker), string.Join(", ", missing.Take(Named)) + rest);
    }

    private static string Missing(string place, string user, string host, string what) =>
        $"User '{user}' may not {what} in the virtual host '{host}' of the broker at {place}. Extend its permissions: rabbitmqctl set_permissions --vhost {host} {user} CONFIGURE WRITE READ; {Documented}.";

    private static string VirtualHostOf(Uri broker) =>
        broker.AbsolutePath is { Length: > 1 } path ? Uri.UnescapeDataString(path[1..]) : "/";

    /// <summary>Newer brokers name the permission; of others the method tells it.</summary>
    private static string PermissionIn(Match refusal, string text)
    {
        if (refusal.Groups["permission"] is { Success: true } named)
            return named.Value;

        var method = Method().Match(text);
        var isQueue = string.Equals(refusal.Groups["kind"].Value, "queue", StringComparison.Ordinal);
        return (method.Groups["class"].Value, method.Groups["method"].Value) switch
        {
            ("40", "10") => "configure",
            ("50", "10") => isQueue ? "configure" : "write",
            ("50", "20" or "50") => isQueue ? "write" : "read",
            ("60", "40") => "write",
            ("60", "20" or "70") => "read",
            ("40", "30" or "40") => "write or read",
            _ => "use",
        };
    }

    [GeneratedRegex(@"NOT_ALLOWED - vhost (?<vhost>\S+) not found", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoVirtualHost();

    [GeneratedRegex("NOT_ALLOWED - access to vhost '(?<vhost>[^']*)' refused for user '(?<user>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInVirtualHost();

    [GeneratedRegex("ACCESS_REFUSED - ((?<permission>configure|write|read) )?access to (?<kind>queue|exchange) '(?<name>[^']*)' in vhost '(?<vhost>[^']*)' refused for user '(?<user>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoPermission();

    [GeneratedRegex("(PRECONDITION_FAILED|RESOURCE_LOCKED) - inequivalent arg.*?(?=', classId|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherForm();

    [GeneratedRegex("classId=(?<class>[1-9][0-9]*), methodId=(?<method>[1-9][0-9]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Method();
}
