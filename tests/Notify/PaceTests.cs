using CanhLu.Notify;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class PaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7.5)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(500)]
    [InlineData(5000)]
    public void The_agreed_rate_is_never_exceeded_in_any_second_and_used_to_95_percent(double rate)
    {
        var time = new FakeTimeProvider();
        var pace = new Pace(rate, time);
        var random = new Random(1);
        var sent = new List<long>();
        var end = TimeSpan.FromSeconds(Math.Max(30, 60 / rate));
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < end)
        {
            var wait = pace.Take();
            if (wait == TimeSpan.Zero)
                sent.Add(time.GetTimestamp());
            else
                // Timers count whole milliseconds, and wake up to fifteen of them late.
                time.Advance(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds) + random.Next(16)));
        }
        var second = time.TimestampFrequency;
        for (var (first, last) = (0, 0); last < sent.Count; last++)
        {
            while (sent[last] - sent[first] >= second)
                first++;
            Assert.InRange(last - first + 1, 0, (int)Math.Ceiling(rate));
        }
        Assert.InRange(sent.Count / (end.TotalSeconds * rate), 0.95, 1.0 + (1 / (end.TotalSeconds * rate)));
    }

    [Fact]
    public void Idle_time_is_not_saved_up()
    {
        var time = new FakeTimeProvider();
        var pace = new Pace(100, time);
        time.Advance(TimeSpan.FromHours(1));
        var burst = 0;
        while (pace.Take() == TimeSpan.Zero)
            burst++;
        Assert.InRange(burst, 1, 3);
    }

    [Fact]
    public void A_wait_doubles_up_to_the_longest_and_loses_up_to_a_half()
    {
        var whole = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), () => 0);
        Assert.Equal([1, 1, 2, 4, 32, 60, 60], new[] { 0, 1, 2, 3, 6, 7, 5000 }.Select(setbacks => (int)whole.After(setbacks).TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(2), new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), () => 1).After(3));
    }
}
