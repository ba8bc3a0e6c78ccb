using System.Text;
using CanhLu.Ingest.Decoders;
using Xunit;

namespace CanhLu.Tests.Ingest.Decoders;

public sealed class TopicPatternTests
{
    [Theory]
    [InlineData("application/+/device/{device}/event/up", "application/x/device/ab/event/up", "ab", "")]
    [InlineData("application/+/device/{device}/event/up", "application/x/device/ab/event/down", null, "")]
    [InlineData("application/+/device/{device}/event/up", "application/x/device/ab/event/up/more", null, "")]
    [InlineData("application/+/device/{device}/event/up", "application/x/device/ab/event", null, "")]
    [InlineData("application/+/device/{device}/event/up", "application//device/ab/event/up", "ab", "")]
    [InlineData("application/+/device/{device}/event/up", "application/x/device//event/up", null, "")]
    [InlineData("frigate/{device}/#", "frigate/available", "available", "")]
    [InlineData("frigate/{device}/#", "frigate/cam/person", "cam", "person")]
    [InlineData("frigate/{device}/#", "frigate/cam/status/detect", "cam", "status/detect")]
    [InlineData("frigate/{device}/#", "frigate", null, "")]
    [InlineData("frigate/{device}/#", "frigate/", null, "")]
    [InlineData("{device}/up", "$SYS/up", null, "")]
    [InlineData("{device}", "ab", "ab", "")]
    [InlineData("{device}/", "ab/", "ab", "")]
    [InlineData("{device}/", "ab", null, "")]
    public void A_pattern_finds_the_device_in_a_topic(string pattern, string topic, string? device, string rest)
    {
        var isMatch = new TopicPattern(pattern).Matches(Encoding.UTF8.GetBytes(topic), out var found, out var after);
        Assert.Equal(device is not null, isMatch);
        if (isMatch)
            Assert.Equal((device, rest), (Encoding.UTF8.GetString(found), Encoding.UTF8.GetString(after)));
    }

    [Theory]
    [InlineData("a/{device}", "a/{device}", true)]
    [InlineData("a/{device}", "{device}/b", true)]
    [InlineData("a/{device}/c", "a/{device}/d", false)]
    [InlineData("a/{device}/#", "a/{device}", true)]
    [InlineData("a/{device}/#", "a/b/{device}/c", true)]
    [InlineData("a/{device}/#", "b/{device}/c", false)]
    [InlineData("a/{device}", "a/{device}/c", false)]
    public void Two_patterns_overlap_when_one_topic_is_both(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, new TopicPattern(one).Overlaps(new TopicPattern(other)));
        Assert.Equal(overlap, new TopicPattern(other).Overlaps(new TopicPattern(one)));
    }

    [Theory]
    [InlineData("", "is no topic")]
    [InlineData("$SYS/{device}", "belongs to the broker itself")]
    [InlineData("a/#/{device}", "goes on after #")]
    [InlineData("a/dev-{device}", "has a sign that is a whole level or nothing")]
    [InlineData("a/b+/{device}", "has a sign that is a whole level or nothing")]
    [InlineData("a/b", "names no device")]
    [InlineData("{device}/{device}", "names the device twice")]
    public void What_is_no_pattern_says_why(string pattern, string fault)
    {
        Assert.Equal(fault, TopicPattern.FaultOf(pattern)!.Value.Fault);
        Assert.Throws<ArgumentException>(() => new TopicPattern(pattern));
    }
}
