using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>Waits for what another thread or process brings about, with a deadline.</summary>
static class Soon
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task True(Func<bool> condition)
    {
        var time = RealTime.Provider;
        var since = time.GetTimestamp();
        while (!condition())
        {
            Assert.True(time.GetElapsedTime(since) < Patience, "It did not come about in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        }
    }
}
