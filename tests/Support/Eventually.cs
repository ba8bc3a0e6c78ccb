using System.Diagnostics;
using Xunit;

namespace CanhLu.Tests.Support;

/// <summary>Waits for what others do in their own time, with a deadline.</summary>
static class Eventually
{
    /// <summary>Returns when <paramref name="isSo"/> first says true; fails after so many seconds.</summary>
    public static async Task True(Func<bool> isSo, string what, int within = 30)
    {
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var since = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(since).TotalSeconds < within, $"Not within {within} s: {what}");
            await pulse.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
