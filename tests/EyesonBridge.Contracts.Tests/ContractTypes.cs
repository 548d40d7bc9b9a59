using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests;

/// <summary>What the contracts assembly holds, found by reflection, so that nothing new escapes the tests.</summary>
internal static class ContractTypes
{
    internal static readonly Assembly Assembly = typeof(IRoomEvent).Assembly;

    internal static readonly Type[] Public = Assembly.GetExportedTypes();

    internal static readonly Type[] Enums = [.. Public.Where(type => type.IsEnum)];

    /// <summary>Concrete records: messages, and what they carry.</summary>
    internal static readonly Type[] Records =
        [.. Public.Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false }).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The records that no other record carries.</summary>
    internal static readonly Type[] Messages = [.. Records.Except(Records.SelectMany(Properties).Select(Element))];

    internal static readonly Type[] Events = [.. Messages.Where(type => type.IsAssignableTo(typeof(IRoomEvent)))];

    internal static TheoryData<string> MessageNames => [.. Messages.Select(type => type.Name)];

    internal static Type Named(string name) => Public.Single(type => string.Equals(type.Name, name, StringComparison.Ordinal));

    internal static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>Always there in JSON. What all events have is not <c>required</c> in C#.</summary>
    internal static bool IsRequired(PropertyInfo property) =>
        property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(JsonRequiredAttribute));

    /// <summary>The type itself, or what the nullable or the list of it holds.</summary>
    internal static Type Element(PropertyInfo property) => property.PropertyType switch
    {
        { IsGenericType: true } type => type.GetGenericArguments()[^1],
        var type => type,
    };
}
