using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests;

/// <summary>The house rules of the contracts.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void Assembly_References_AreTheFrameworkOnly() =>
        Assert.All(
            ContractTypes.Assembly.GetReferencedAssemblies(),
            reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void PublicTypes_Namespace_IsV1() =>
        Assert.All(ContractTypes.Public, type => Assert.Equal("EyesonBridge.Contracts.V1", type.Namespace));

    [Fact]
    public void Classes_ExceptRoomEvent_AreSealed() =>
        Assert.Equal(
            [typeof(RoomEvent)],
            ContractTypes.Public.Where(type => type is { IsClass: true, IsSealed: false }));

    [Fact]
    public void Records_Properties_AreInitOnly() =>
        Assert.All(
            ContractTypes.Records.Append(typeof(RoomEvent)).SelectMany(ContractTypes.Properties),
            property => Assert.Contains(
                typeof(IsExternalInit),
                property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));

    [Fact]
    public void Records_OptionalProperties_AreNullable()
    {
        var nullability = new NullabilityInfoContext();

        Assert.All(
            ContractTypes.Records.SelectMany(ContractTypes.Properties).Where(property => !ContractTypes.IsRequired(property)),
            property => Assert.Equal(NullabilityState.Nullable, nullability.Create(property).ReadState));
    }

    [Fact]
    public void Records_RequiredProperties_ArePinned() =>
        Assert.Equal(
            Pinned.Lines("required.txt"),
            ContractTypes.Records
                .Select(type => (type.Name, Required: Own(type).Where(ContractTypes.IsRequired).Select(property => Wire(property.Name)).ToArray()))
                .Where(record => record.Required.Length > 0)
                .Select(record => $"{record.Name}: {string.Join(' ', record.Required)}")
                .Prepend($"{nameof(RoomEvent)}: {string.Join(' ', Own(typeof(RoomEvent)).Where(ContractTypes.IsRequired).Select(property => Wire(property.Name)))}"),
            StringComparer.Ordinal);

    [Fact]
    public void Enums_Values_TravelAsPinnedNames() =>
        Assert.Equal(
            Pinned.Lines("enums.txt"),
            ContractTypes.Enums
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .Select(type => $"{type.Name}: {string.Join(' ', Enum.GetValues(type).Cast<object>().Select(Written))}"),
            StringComparer.Ordinal);

    [Fact]
    public void Enums_Numbers_AreRefused() =>
        Assert.All(ContractTypes.Enums, type => Assert.Throws<JsonException>(() => WireJson.Read("0", type)));

    [Fact]
    public void RejectionCodes_Values_AreTheirNamesInCamelCase() =>
        Assert.All(
            typeof(RejectionCodes).GetFields(),
            field => Assert.Equal(Wire(field.Name), field.GetRawConstantValue()));

    [Fact]
    public void Events_Each_IsOfOneKind() =>
        Assert.All(
            ContractTypes.Events,
            type => Assert.True(type.IsAssignableTo(typeof(IMeetingEvent)) ^ type.IsAssignableTo(typeof(IObservationEvent))));

    [Fact]
    public void Events_AllRoomEvents_AreMessages() =>
        Assert.Equal(ContractTypes.Records.Where(type => type.IsSubclassOf(typeof(RoomEvent))), ContractTypes.Events);

    private static IEnumerable<PropertyInfo> Own(Type type) =>
        ContractTypes.Properties(type).Where(property => property.DeclaringType == type);

    private static string Wire(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Written(object value)
    {
        var json = JsonSerializer.SerializeToElement(value, value.GetType(), WireJson.Options);
        Assert.Equal(Wire(value.ToString()!), json.GetString());
        return json.GetString()!;
    }
}
