using System.Globalization;
using CanhLu.FirmwareSim.Storms;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Flow;

/// <summary>Looks once a second whether what the devices count and what the archive counts fit together.</summary>
sealed class StormWatch(StormTown town, Storm storm, LinkBounds bounds)
{
    readonly long _began = RealTime.Provider.GetTimestamp();

    public List<StormSample> Samples { get; } = [];

    public long HighestMemory => Samples.Max(sample => sample.Memory);

    /// <summary>Looks until the task is over; fails at the first look that does not fit.</summary>
    public async Task Until(Task over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), RealTime.Provider);
        while (!over.IsCompleted)
        {
            if (await Look() is { } sample)
            {
                Samples.Add(sample);
                Check(sample);
            }
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Some thirty of the samples, one a line.</summary>
    public override string ToString()
    {
        var samples = Samples.ToArray();
        return string.Join('\n', samples.Where((_, i) => i % (1 + samples.Length / 30) == 0));
    }

    async Task<StormSample?> Look()
    {
        var before = storm.Counts;
        return await town.Engine.Get("metrics") is { } metrics
            ? new StormSample(RealTime.Provider.GetElapsedTime(_began), before, StoredIn(metrics), storm.Counts, town.Engine.MemoryBytes)
            : null;
    }

    void Check(StormSample sample)
    {
        var (before, after) = (sample.Before, sample.After);
        Assert.True(before.InFlight >= 0 && before.InFlight <= bounds.Most, $"Published is not acknowledged and in flight: {sample}");
        Assert.Equal(0, after.Refused);
        // Each connection has one status reading, which was acknowledged before the connection was counted.
        Assert.True(before.ReadingsAcknowledged + before.Connects <= sample.Stored, $"Acknowledged and not stored: {sample}");
        Assert.True(sample.Stored <= after.Readings + after.Connects + bounds.Devices, $"Stored and not published: {sample}");
    }

    internal static long StoredIn(string metrics) => metrics.Split('\n').FirstOrDefault(line => line.StartsWith("canhlu_archive_readings_total", StringComparison.Ordinal)) is { } line
        ? long.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture)
        : 0;
}
