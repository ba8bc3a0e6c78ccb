using CanhLu.Host.Demo;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Host;

public sealed class FastClockTests
{
    static readonly Instant From = Instant.FromUtc(2025, 10, 28, 5, 0);
    static readonly Instant Until = From + Duration.FromHours(1);

    readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_runs_fast_to_its_end_and_as_fast_as_time_from_there()
    {
        var clock = Started();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(From + Duration.FromMinutes(30), clock.GetCurrentInstant());
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(Until + Duration.FromSeconds(10), clock.GetCurrentInstant());
    }

    [Theory]
    [InlineData(0, 30, 30)]
    [InlineData(0, 60, 60)]
    [InlineData(0, 65, 60 + 300)]
    [InlineData(20, 65, 40 + 300)]
    [InlineData(70, 65, 290)]
    public void A_wait_ends_when_it_shows_the_moment_waited_for(int realSeconds, int minute, int wait)
    {
        var clock = Started();
        _time.Advance(TimeSpan.FromSeconds(realSeconds));
        var at = From + Duration.FromMinutes(minute);
        Assert.Equal(Duration.FromSeconds(wait), clock.Until(at));
        _time.Advance(TimeSpan.FromSeconds(wait));
        Assert.Equal(at, clock.GetCurrentInstant());
    }

    FastClock Started()
    {
        // One minute of it is one second.
        var clock = new FastClock(From, Until, 60, _time);
        clock.Start();
        return clock;
    }
}
