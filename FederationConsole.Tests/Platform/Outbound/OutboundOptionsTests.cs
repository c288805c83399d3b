using FederationConsole.Platform.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FederationConsole.Tests.Platform.Outbound;

public sealed class OutboundOptionsTests
{
    [Theory]
    [InlineData("Timeout", "00:00:06")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("Timeout", "soon")]
    [InlineData("MaxAnswerBytes", "0")]
    [InlineData("AtOnce", "0")]
    [InlineData("Queue", "-1")]
    [InlineData("BreakerFailureRatio", "1.5")]
    [InlineData("BreakerMinimumCalls", "1")]
    [InlineData("BreakerWindow", "00:00:00")]
    [InlineData("BreakerPause", "1.00:00:00")]
    [InlineData("AllowPrivateNetworks", "perhaps")]
    [InlineData("AllowPrivateNetwork", "true")]
    public void A_wrong_setting_stops_the_start_and_is_named(string key, string value)
    {
        using var services = Services(new() { ["Outbound:" + key] = value });

        var thrown = Assert.ThrowsAny<Exception>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(key, $"{thrown.Message} {thrown.InnerException?.Message}", StringComparison.Ordinal);
    }

    [Fact]
    public void Unset_it_is_strict()
    {
        using var services = Services([]);
        services.GetRequiredService<IStartupValidator>().Validate();

        var options = services.GetRequiredService<IOptions<OutboundOptions>>().Value;

        Assert.Equal((false, TimeSpan.FromSeconds(5), 65536), (options.AllowPrivateNetworks, options.Timeout, options.MaxAnswerBytes));
        Assert.NotNull(services.GetRequiredService<OutboundCalls>());
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddOutbound(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .BuildServiceProvider();
}
