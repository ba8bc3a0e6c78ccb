using System.Text.Json;
using CanhLu.Tests.Flow;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary>A flood of three days in half a minute: what else the machine does would make its warnings old.</summary>
[Collection(nameof(Storms))]
public sealed class DemoTests
{
    [Fact]
    public async Task The_flood_of_October_goes_through_without_a_loss_and_says_so_in_its_last_line()
    {
        Effort.Whole("Half a minute");
        var run = await ProgramRun.Of("demo", "--headless", "--speed", "10000");
        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
        var result = JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(["I", "II", "III", "None"], result.GetProperty("bulletins").EnumerateArray().Select(one => one.GetProperty("level").GetString()));
        Assert.Equal(0, result.GetProperty("lost").GetInt64());
        Assert.Equal(0, result.GetProperty("doubled").GetInt64());
        Assert.Equal(result.GetProperty("readings").GetInt64(), result.GetProperty("stored").GetInt64());
        Assert.True(result.GetProperty("deliveries").GetProperty("delivered").GetInt64() > 0);
    }
}
