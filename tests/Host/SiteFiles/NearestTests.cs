using CanhLu.Host.SiteFiles;
using Xunit;

namespace CanhLu.Tests.Host.SiteFiles;

public sealed class NearestTests
{
    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("guage", "gauge", 1)]
    [InlineData("raise", "rise", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("same", "same", 0)]
    public void A_distance_counts_what_was_dropped_added_changed_or_swapped(string a, string b, int distance)
    {
        Assert.Equal(distance, Nearest.Distance(a, b));
        Assert.Equal(distance, Nearest.Distance(b, a));
    }

    [Theory]
    [InlineData("Raise-M", "raise_m")]
    [InlineData("clear", null)]
    [InlineData("colour", null)]
    [InlineData("clearhold", "clear_hold")]
    public void Only_what_is_near_was_meant(string written, string? meant) =>
        Assert.Equal(meant, Nearest.Of(written, ["raise_m", "clear_m", "raise_hold", "clear_hold"]));
}
