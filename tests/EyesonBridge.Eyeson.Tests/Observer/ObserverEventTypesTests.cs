using System.Text;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Tests.Observer;

public sealed class ObserverEventTypesTests
{
    [Fact]
    public void All_BesideTheConstants_LeavesNoneOut() =>
        Assert.Equal(
            typeof(ObserverEventTypes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            ObserverEventTypes.All.Order(StringComparer.Ordinal));

    [Fact]
    public void Read_EachOfThem_GivesARecordOfThatType() =>
        Assert.All(ObserverEventTypes.All, type =>
        {
            var happened = ObserverEventReader.Read(Encoding.UTF8.GetBytes($$"""{"type":"{{type}}"}"""));

            Assert.Equal(type, happened.Type);
            Assert.False(happened is UnknownEvent or UnreadableEvent);
        });
}
