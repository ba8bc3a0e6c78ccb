using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Simulators;

/// <summary>Waits for what another process does in its own time, with a deadline.</summary>
static class Until
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task True(Func<bool> isSo, string what)
    {
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(10), RealTime.Provider);
        var since = RealTime.Provider.GetTimestamp();
        while (!isSo())
        {
            Assert.True(RealTime.Provider.GetElapsedTime(since) < Deadline, $"Not within {Deadline.TotalSeconds} s: {what}");
            await pulse.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
