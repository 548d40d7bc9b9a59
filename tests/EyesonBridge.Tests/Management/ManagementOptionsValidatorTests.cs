using EyesonBridge.Management;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Management;

public sealed class ManagementOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(ProblemsOf(new ManagementOptionsValidator(), new ManagementOptions()));

    [Theory]
    [InlineData("https://0.0.0.0:8443")]
    [InlineData("8080")]
    [InlineData("")]
    public void Validate_ManagementUrl_MustBeHttp(string url) =>
        AssertNames("Management:Url", ProblemsOf(new ManagementOptionsValidator(), new ManagementOptions { Url = url }));
}
