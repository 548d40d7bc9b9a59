namespace EyesonBridge.Hosting;

/// <summary>A section of the settings: the options it is read into, and what finds the mistakes in them.</summary>
internal interface IOptionsSection
{
    /// <summary>Name of the section.</summary>
    string Name { get; }

    /// <summary>Type of the options; several can share a section.</summary>
    Type OptionsType { get; }

    /// <summary>Registers the options, checked when the host starts.</summary>
    void Register(IServiceCollection services, IConfiguration configuration);

    /// <summary>What is wrong in the section, each naming its setting; empty when all is well.</summary>
    IReadOnlyList<string> Problems(IConfiguration configuration);
}
