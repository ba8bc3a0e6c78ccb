using System.Diagnostics;
using Xunit;

namespace CanhLu.Tests.Support;

/// <summary>Waits for what others do in their own time, with a deadline.</summary>
static class Eventually
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Returns when <paramref name="isSo"/> first says true; fails after half a minute.</summary>
    public static async Task True(Func<bool> isSo, string what)
    {
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var since = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Deadline, $"Not within {Deadline.TotalSeconds} s: {what}");
            await pulse.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
