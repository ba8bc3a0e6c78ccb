using System.Globalization;
using Dapper;
using DuckDB.NET.Data;
using NodaTime.Text;

namespace CanhLu.Tests.Flow;

/// <summary>What is left when the storm is over, each out of its own book: the devices' journal, the archive, the operations store, the handsets.</summary>
/// <param name="Published">Readings that the devices measured.</param>
/// <param name="Acknowledged">Readings of them that were acknowledged.</param>
/// <param name="Stored">Rows in the archive.</param>
/// <param name="Missing">Acknowledged readings without a row.</param>
/// <param name="Bulletins">Bulletins decided.</param>
/// <param name="WrongStations">Stations whose bulletins are not those that a plain ladder over the archive gives.</param>
/// <param name="Accepted">Letters that the carriers took.</param>
/// <param name="Doubled">Bulletin, telephone and carrier with more than one key.</param>
/// <param name="Warned">Telephones and stations for which a carrier took a warning.</param>
/// <param name="WithoutAllClear">Of those, without an all-clear.</param>
/// <param name="AllClearTwice">Of those, with more than one.</param>
sealed record StormAccount(
    int Published, int Acknowledged, int Stored, int Missing, int Bulletins, IReadOnlyList<string> WrongStations, int Accepted, int Doubled, int Warned,
    int WithoutAllClear, int AllClearTwice)
{
    public static StormAccount Of(StormTown town)
    {
        var journal = File.ReadLines(town.Journal).Select(line => line.Split(',')).Where(fields => fields.Length >= 4).ToArray();
        var stored = ReadArchive(town);
        var times = stored.Select(one => (one.Device, one.Milliseconds)).ToHashSet();
        var acknowledged = journal.Where(fields => fields[3] == "acknowledged").ToArray();
        var missing = acknowledged.Count(fields =>
            !times.Contains((fields[0], InstantPattern.ExtendedIso.Parse(fields[1]).Value.ToUnixTimeMilliseconds())));

        var bulletins = town.Read(connection => connection.Query<(long Id, string Station, string Kind, int Level)>(
            "SELECT id, station, kind, level FROM bulletins ORDER BY id").AsList());
        var decided = bulletins.ToLookup(one => one.Station, one => one.Level);
        var expected = stored.GroupBy(one => one.Device).ToDictionary(
            group => "station-" + group.Key[6..], group => Ladder(group.OrderBy(one => one.Milliseconds).Select(one => one.Stage)).ToArray());
        var wrong = expected.Where(pair => !decided[pair.Key].SequenceEqual(pair.Value))
            .Select(pair => $"{pair.Key}: {string.Join(' ', decided[pair.Key])} instead of {string.Join(' ', pair.Value)}").ToArray();

        // {installation}-{bulletin}-{recipient}-{carrier}
        var letters = town.Carriers.Letters(1_000_000).Select(letter => (letter.Carrier, letter.Phone, letter.Key, Parts: letter.Key.Split('-')))
            .Select(letter => (letter.Carrier, letter.Phone, letter.Key, Bulletin: long.Parse(letter.Parts[1], CultureInfo.InvariantCulture))).ToArray();
        var byId = bulletins.ToDictionary(one => one.Id);
        var told = letters.Select(letter => (letter.Phone, letter.Key, byId[letter.Bulletin].Station, byId[letter.Bulletin].Kind, letter.Bulletin)).ToArray();
        var warned = told.Where(one => one.Kind == "warning").Select(one => (one.Phone, one.Station)).ToHashSet();
        var clears = told.Where(one => one.Kind == "allclear").DistinctBy(one => one.Key).ToLookup(one => (one.Phone, one.Station));
        return new StormAccount(
            journal.Length, acknowledged.Length, stored.Count, missing, bulletins.Count, wrong, letters.Length,
            letters.GroupBy(letter => (letter.Carrier, letter.Phone, letter.Bulletin)).Count(group => group.Select(one => one.Key).Distinct().Count() > 1),
            warned.Count, warned.Count(one => !clears[one].Any()), warned.Count(one => clears[one].Skip(1).Any()));
    }

    // The ladder at its plainest: no holds, one step below for the end. Levels as they are told: rises, and 0 for the all-clear.
    static IEnumerable<int> Ladder(IEnumerable<int> stages)
    {
        int[] raise = [0, 1700, 2200, 2700], clear = [0, 1600, 2100, 2600];
        var level = 0;
        foreach (var stage in stages)
        {
            var now = level;
            while (now < 3 && stage >= raise[now + 1])
                now++;
            while (now > 0 && stage < clear[now])
                now--;
            if (now > level || now == 0 && level > 0)
                yield return now;
            level = now;
        }
    }

    /// <summary>The stages in the archive of an engine that does not run.</summary>
    public static List<(string Device, long Milliseconds, int Stage)> ReadArchive(StormTown town)
    {
        using var connection = new DuckDBConnection($"Data Source={Path.Combine(town.Data, "readings.duckdb")};ACCESS_MODE=READ_ONLY");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT s.device, epoch_ms(r.measured_at), r.value::INTEGER FROM readings r JOIN series s ON s.id = r.series WHERE s.quantity = 'stage'
            """;
        using var rows = command.ExecuteReader();
        var stored = new List<(string, long, int)>();
        while (rows.Read())
            stored.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt32(2)));
        return stored;
    }
}
