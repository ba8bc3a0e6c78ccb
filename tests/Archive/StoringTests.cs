using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class StoringTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    [Fact]
    public async Task What_was_settled_is_there_after_a_restart_and_went_on_as_a_page()
    {
        Reading[] readings;
        await using (var rig = await ArchiveRig.Start(_folder))
        {
            var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
            readings = [.. Enumerable.Range(0, 5_000).Select(i => Given.Reading(stage, i, 1_000 + i, i % 7 == 0 ? Flag.Suspect : Flag.Good))];
            Assert.True(await rig.Store(readings));
            await rig.Stop();
            Assert.Equal(readings, rig.TakePages());
        }
        await using var again = await ArchiveRig.Start(_folder);
        Assert.Equal(readings, await again.Everything());
        Assert.Equal(readings[^1], Assert.Single(again.History.Latest()));
    }

    [Fact]
    public async Task The_first_value_of_a_time_wins_and_a_repeat_is_settled_like_it()
    {
        await using var rig = await ArchiveRig.Start(_folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        Assert.True(await rig.Store(Given.Reading(stage, 1, 10), Given.Reading(stage, 2, 20), Given.Reading(stage, 1, 11)));
        Assert.True(await rig.Store(Given.Reading(stage, 2, 21), Given.Reading(stage, 1.5, 15)));
        Reading[] expected = [Given.Reading(stage, 1, 10), Given.Reading(stage, 2, 20), Given.Reading(stage, 1.5, 15)];
        Assert.Equal(expected, await rig.Everything());
        await rig.Stop();
        Assert.Equal(expected, rig.TakePages());
    }

    [Fact]
    public async Task A_series_keeps_its_number()
    {
        SeriesId stage, battery;
        await using (var rig = await ArchiveRig.Start(_folder))
        {
            stage = rig.Book.Ensure("tam-ky", "stage", "mm");
            battery = rig.Book.Ensure("tam-ky", "battery", "V");
            Assert.Equal(stage, rig.Book.Ensure("tam-ky", "stage", "mm"));
            Assert.NotEqual(stage, battery);
        }
        await using var again = await ArchiveRig.Start(_folder);
        Assert.Equal([stage, battery], again.Book.Ensure([("tam-ky", "stage", "mm"), ("tam-ky", "battery", "V")]));
        Assert.Equal(new Series(battery, "tam-ky", "battery", "V"), again.Book[battery]);
        Assert.Equal(battery, again.Book.Find("tam-ky", "battery")!.Id);
        Assert.Null(again.Book.Find("tam-ky", "clients"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
