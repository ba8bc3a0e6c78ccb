using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using CanhLu.Database;
using CanhLu.Host;
using CanhLu.Notify;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>One bulletin to 100,000 people by a carrier that takes 500 a second: the planning, the use of the rate, the finishing time foretold, the memory, and an officer
/// who does not wait.</summary>
static class Crowd
{
    const int People = 100_000;
    const int PerSecond = 500;
    const string Officer = "0988888888";

    static readonly int[] Percents = [10, 25, 50, 75];

    public static async IAsyncEnumerable<Row> Run(Town town)
    {
        var folder = town.NewDataFolder();
        var store = Path.Combine(folder, "operations.db");
        Fill(store);
        var planning = 0.0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "canhlu.notify.planning.duration")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => planning = Math.Max(planning, seconds));
        listener.Start();
        await using var carrier = await CrowdCarrier.StartAsync(People + 100, Officer);
        await using var engine = Engine.Build(
            BenchSite.Of(),
            new EngineOptions(folder, "http://127.0.0.1:0", new IPEndPoint(IPAddress.Loopback, Mosquitto.FreePort()))
            {
                Quiet = true,
                Settings = new Dictionary<string, string?>
                {
                    ["Carriers:Esms:BaseUrl"] = carrier.Address.ToString(),
                    ["Carriers:Esms:ApiKey"] = "bench",
                    ["Carriers:Esms:SecretKey"] = "bench",
                    ["Carriers:Esms:Brandname"] = "CANHLU",
                    ["Carriers:Esms:RatePerSecond"] = $"{PerSecond}",
                },
            },
            Clocks.Now, Clocks.Timers);
        await engine.StartAsync();
        var ledger = engine.Services.GetRequiredService<Ledger>();
        var (foretold, memory) = (new List<(int Percent, long At, double Left)>(), new List<long>());
        var officerAt = 0L;
        var began = Stopwatch.GetTimestamp();
        while (carrier.Came < People + (officerAt == 0 ? 0 : 1) && Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), Clocks.Timers);
            memory.Add(Environment.WorkingSet);
            if (foretold.Count < Percents.Length && carrier.Came * 100L / People >= Percents[foretold.Count])
            {
                var progress = ledger.Broadcasts(10).Single(broadcast => broadcast.Counts.Sum(count => count.Deliveries) > 1).Progress!;
                foretold.Add((Percents[foretold.Count], Stopwatch.GetTimestamp(), progress.LeftSeconds ?? double.NaN));
                System.Console.Error.WriteLine($"at {foretold[^1].Percent} %: {progress}");
            }
            if (officerAt == 0 && carrier.Came > People / 3)
            {
                Remind(store);
                officerAt = Stopwatch.GetTimestamp();
            }
        }
        await engine.StopAsync();
        var came = carrier.CameAt;
        var (most, least) = (Most(came), Whole(came).Min());
        var mean = (came.Length - 1) / Stopwatch.GetElapsedTime(came[0], came[^1]).TotalSeconds;
        var worst = 0.0;
        foreach (var (percent, at, left) in foretold)
        {
            var truly = Stopwatch.GetElapsedTime(at, came[^1]).TotalSeconds;
            worst = Math.Max(worst, Math.Abs(left / truly - 1));
            System.Console.Error.WriteLine($"at {percent} %: {left:0.0} s left foretold, {truly:0.0} s true ({left / truly - 1:P1})");
        }
        var waited = Stopwatch.GetElapsedTime(officerAt, carrier.OfficerCameAt).TotalMilliseconds;
        using var operations = Operations.Open(store);
        var accepted = operations.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM deliveries WHERE state = 'accepted' AND attempts = 1"));
        System.Console.Error.WriteLine(
            $"planned in {planning * 1000:N0} ms; {mean:0.0}/s in the mean, {least} to {Whole(came).Max()} in whole seconds, {most} at most in any second; the officer's message came "
            + $"after {waited:0} ms; resident memory {memory[0] / 1048576} MiB at the start, {memory.Max() / 1048576} at most, {memory[^1] / 1048576} at the end; {accepted:N0} accepted at the first attempt");
        yield return new Row("planning", $"{People:N0} people") { P50Ms = planning * 1000, P99Ms = planning * 1000, MaxMs = planning * 1000, Target = "≤ 2 s", Met = planning is > 0 and <= 2 };
        yield return new Row("broadcast", $"{People:N0} at {PerSecond}/s")
        {
            MessagesPerSecond = mean,
            Ratio = mean / PerSecond,
            Lost = People + 1 - accepted,
            Target = $"≥ 95 %, ≤ {PerSecond}/s, forecast ± 5 %",
            Met = mean >= 0.95 * PerSecond && most <= PerSecond && worst <= 0.05,
        };
        yield return new Row("officer", "amid them") { P50Ms = waited, P99Ms = waited, MaxMs = waited, Target = "≤ 1 s", Met = waited is > 0 and <= 1000 };
    }

    static void Fill(string store)
    {
        using var operations = Operations.Open(store);
        var now = Clocks.Now.GetCurrentInstant();
        operations.Write(connection =>
        {
            connection.Execute("DELETE FROM recipients");
            connection.Execute(
                "INSERT INTO recipients (phone, name, ward_code, language, lowest_level, imported_at) VALUES (@Phone, @Name, @Ward, 'vi', 1, @now)",
                Enumerable.Range(0, People).Select(i => new { Phone = $"+84{901_000_000 + i}", Name = $"Người {i}", Ward = BenchSite.AreaCode(0), now }));
            var episode = connection.ExecuteScalar<long>(
                "INSERT INTO episodes (subject, rule, cause, opened_at, level, changed_at, peak_level, ended_at) VALUES ('station-0000', 'bao-dong', 'threshold', @now, 3, @now, 3, @now) RETURNING id",
                new { now });
            return Bulletin(connection, episode, 1, AlarmLevel.III, now, planned: null);
        });
    }

    /// <summary>A message to one officer, of the lowest level, written by another connection, so that no bell announces it.</summary>
    static void Remind(string store)
    {
        using var operations = Operations.Open(store);
        var now = Clocks.Now.GetCurrentInstant();
        operations.Write(connection =>
        {
            var bulletin = Bulletin(connection, connection.ExecuteScalar<long>("SELECT max(id) FROM episodes"), 2, AlarmLevel.I, now, planned: now);
            return connection.Execute(
                """
                INSERT INTO recipients (phone, name, ward_code, language, lowest_level, imported_at) VALUES (@Phone, 'Trực ban', '0', 'vi', 1, @now);
                INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, lane, level, state, not_after, next_attempt_at, planned_at)
                VALUES (@bulletin, last_insert_rowid(), 'esms', 'officer-' || @bulletin, 1, 1, 'planned', @Late, @now, @now)
                """,
                new { Phone = $"+84{Officer[1..]}", bulletin, now, Late = now + Duration.FromHours(1) });
        });
    }

    static long Bulletin(Microsoft.Data.Sqlite.SqliteConnection connection, long episode, int sequence, AlarmLevel level, Instant now, Instant? planned) =>
        connection.ExecuteScalar<long>(
            """
            INSERT INTO bulletins (episode, sequence, station, rule, cause, kind, level, stage_mm, measured_at, decided_at, decided_by, not_after, planned_at)
            VALUES (@episode, @sequence, 'station-0000', 'bao-dong', 'threshold', 'warning', @level, 2800, @now, @now, 'auto', @Late, @planned) RETURNING id
            """,
            new { episode, sequence, level, now, planned, Late = now + Duration.FromHours(6) });

    /// <summary>The most that came in any second, wherever it begins.</summary>
    static int Most(long[] came)
    {
        var most = 0;
        for (var (first, last) = (0, 0); last < came.Length; last++)
        {
            while (came[last] - came[first] >= Stopwatch.Frequency)
                first++;
            most = Math.Max(most, last - first + 1);
        }
        return most;
    }

    /// <summary>How many came in each whole second, but for the first and the last.</summary>
    static int[] Whole(long[] came) =>
        [.. came.GroupBy(at => (at - came[0]) / Stopwatch.Frequency).OrderBy(second => second.Key).Select(second => second.Count()).Skip(1).SkipLast(1)];
}
