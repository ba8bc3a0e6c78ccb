using CanhLu.Archive;
using CanhLu.Tests.Support;
using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class RetentionTests : IDisposable
{
    const int Deleted = 2005;

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;
    readonly FakeTimeProvider _time = new();
    readonly FakeClock _clock = new(Given.Start);

    [Fact]
    public async Task What_was_received_too_long_ago_goes_once_an_hour_and_the_newest_position_stays()
    {
        await using (var rig = await Start())
        {
            var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
            // Measured long ago but received now: an imported past is young.
            var imported = Given.Reading(stage, -1_000_000) with { ReceivedAt = Given.Start + Duration.FromHours(30) };
            var young = Given.Reading(stage, 30 * 60);
            await rig.Store([.. Enumerable.Range(0, 600).Select(i => Given.Reading(stage, i)), imported, young]);
            await TimeGoesOn(Duration.FromHours(26), () => rig.Said.Times(Deleted) == 1);
            var left = await rig.Everything();
            Assert.Equal([imported, young], left.TakeLast(2));
            Assert.All(left, reading => Assert.True(reading.ReceivedAt >= Given.Start + Duration.FromHours(2)));
            Assert.InRange(left.Count, 2, 482);

            await TimeGoesOn(Duration.FromDays(100), () => rig.Said.Times(Deleted) == 2);
            Assert.Equal([young], await rig.Everything());
        }
        await using (var again = await Start())
            await again.Store(Given.Reading(again.Book.Ensure("tam-ky", "stage", "mm"), 90_000_000));
        using var file = new DuckDBConnection($"DataSource={Path.Combine(_folder, ArchiveRig.File)}");
        file.Open();
        Assert.Equal(603, file.Number("SELECT max(position) FROM readings"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    Task<ArchiveRig> Start() => ArchiveRig.Start(
        _folder, options => (options.KeepFor, options.CommitDelay) = (TimeSpan.FromHours(24), TimeSpan.Zero), _time, _clock);

    async Task TimeGoesOn(Duration by, Func<bool> until)
    {
        _clock.Advance(by);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return until();
        }, "deleted");
    }
}
