namespace EyesonBridge.Bus.Access;

/// <summary>What a user of RabbitMQ can be allowed for a queue or an exchange.</summary>
internal enum BrokerPermission
{
    /// <summary>To declare and to delete it.</summary>
    Configure,

    /// <summary>To publish to it, and to bind it to something.</summary>
    Write,

    /// <summary>To consume from it, and to bind something to it.</summary>
    Read,
}
