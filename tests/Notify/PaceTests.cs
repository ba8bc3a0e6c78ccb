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

    // The line and the machine stall now and then: what then arrives in a bunch is no more than was agreed, in whatever second the carrier counts.
    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    public void The_agreed_rate_is_never_exceeded_as_the_carrier_counts_whatever_stalls_on_the_way(double rate)
    {
        var time = new FakeTimeProvider();
        var (pace, second, random) = (new Pace(rate, time), new AgreedSecond(rate, time), new Random(1));
        var (arrived, answers) = (new List<long>(), new PriorityQueue<long, long>());
        var (began, millisecond, stalledUntil) = (time.GetTimestamp(), time.TimestampFrequency / 1000, 0L);
        while (time.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
        {
            var now = time.GetTimestamp();
            while (answers.TryPeek(out var gone, out var at) && at <= now)
            {
                answers.Dequeue();
                second.Answered(gone);
            }
            if (random.Next(800) == 0)
                stalledUntil = now + (random.Next(20, 90) * millisecond);
            while (second.Wait() == TimeSpan.Zero && pace.Take() == TimeSpan.Zero)
            {
                // Its way takes 3 ms there and 2 ms back, or until the stall is over.
                var there = Math.Max(now + (3 * millisecond), stalledUntil);
                arrived.Add(there);
                answers.Enqueue(second.Go(), there + (2 * millisecond));
            }
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
        arrived.Sort();
        for (var (first, last) = (0, 0); last < arrived.Count; last++)
        {
            while (arrived[last] - arrived[first] >= time.TimestampFrequency)
                first++;
            Assert.InRange(last - first + 1, 0, (int)rate);
        }
        Assert.InRange(arrived.Count / (60 * rate), 0.95, 1);
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
