using CanhLu.Archive;
using FsCheck.Xunit;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class KnownTimesTests
{
    static readonly SeriesId Series = new(1);

    /// <remarks>Few different times and few kept before, so that repeats, gaps and old ones all happen.</remarks>
    [Property(MaxTest = 500)]
    public bool It_never_errs_and_asks_only_about_what_is_older_than_everything_kept(byte[] before, short[] times)
    {
        var stored = before.Select(time => (long)time).ToHashSet();
        var known = new KnownTimes(floor: stored.Count == 0 ? long.MinValue : 99, newestSeries: 1);
        foreach (var time in stored.Where(time => time > 99))
            known.Take(Series, time);
        foreach (var time in times.Select(time => (long)(time % 256)))
        {
            var right = known.Take(Series, time) switch
            {
                Known.New => stored.Add(time),
                Known.Repeat => !stored.Add(time),
                _ => stored.Count > 0 && (time <= 99 || stored.Count(one => one > time) >= KnownTimes.Kept) | !stored.Add(time),
            };
            if (!right)
                return false;
        }
        return true;
    }

    [Fact]
    public void A_series_younger_than_the_file_never_asks_for_ascending_times()
    {
        var known = new KnownTimes(floor: 1_000, newestSeries: 1);
        Assert.Equal(Known.Ask, known.Take(Series, 5));
        for (var time = 1; time < 500; time++)
            Assert.Equal(Known.New, known.Take(new SeriesId(2), time));
    }
}
