using System.Text.RegularExpressions;
using CanhLu.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;
using SQLitePCL;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class CrashTests
{
    static readonly Alarm[] Flood =
    [
        Say.Ladder(I, 0, 1710), Say.Ladder(I, 0, station: "hoi-an"), Say.Rate(I, 5, 1900), Say.Ladder(II, 10, 2210), Say.Silence(I, 30, 5),
        Say.Ladder(III, 40, 2710), Say.Ladder(II, 50, 2600, 2760), Say.Silence(None, 55, 50), Say.Limit(I, 56, "cam-1"), Say.Rate(None, 58, 2500),
        Say.Ladder(III, 60, 2720), Say.Ladder(None, 61, station: "hoi-an"), Say.Ladder(None, 90, 1500, 2790), Say.Limit(None, 95, "cam-1"),
    ];

    [Theory]
    [InlineData(Policy.Auto, 1)]
    [InlineData(Policy.Auto, 5)]
    [InlineData(Policy.Ask, 1)]
    [InlineData(Policy.Ask, 14)]
    public void A_crash_at_any_point_of_a_transaction_loses_and_doubles_nothing(Policy policy, int together)
    {
        var expected = Undisturbed(policy, together, out var steps);
        var stride = Math.Max(1, steps / Effort.Of(8, 20, 200));
        for (var crashAt = 1; crashAt < steps; crashAt += stride)
        {
            using var office = new DutyOffice(policy);
            var crash = Assert.Throws<SqliteException>(() => HearUntil(crashAt, office, together));
            Assert.Equal(raw.SQLITE_INTERRUPT, crash.SqliteErrorCode);
            using var restarted = new DutyOffice(policy, copyOf: office.Folder);
            Hear(restarted, together);
            Assert.Equal(expected, restarted.Dump());
        }
    }

    [Theory]
    [InlineData(Policy.Auto)]
    [InlineData(Policy.Ask)]
    public void A_kill_between_any_two_transactions_loses_and_doubles_nothing(Policy policy)
    {
        var expected = Undisturbed(policy, 1, out _);
        for (var heard = 0; heard <= Flood.Length; heard++)
        {
            using var killed = new DutyOffice(policy);
            killed.Hear(Flood[..heard]);
            using var restarted = new DutyOffice(policy, copyOf: killed.Folder);
            Hear(restarted, 1);
            Assert.Equal(expected, restarted.Dump());
        }
    }

    [Fact]
    public void A_crash_at_any_point_while_a_clock_strikes_loses_and_doubles_nothing()
    {
        string expected;
        var steps = 0;
        using (var office = Waiting())
        {
            steps = Until(int.MaxValue, office, () => Strikes(office));
            expected = Plain(office);
        }
        for (var crashAt = 1; crashAt < steps; crashAt += Math.Max(1, steps / Effort.Of(8, 20, 200)))
        {
            using var office = Waiting();
            var crash = Assert.Throws<SqliteException>(() => Until(crashAt, office, () => Strikes(office)));
            Assert.Equal(raw.SQLITE_INTERRUPT, crash.SqliteErrorCode);
            using var restarted = new DutyOffice(Policy.Ask, copyOf: office.Folder) { Site = office.Site };
            restarted.Clock.Reset(office.Clock.GetCurrentInstant());
            Strikes(restarted);
            Assert.Equal(expected, Plain(restarted));
        }

        // Asked, asked further, and sent; after a crash from that minute on.
        static void Strikes(DutyOffice office)
        {
            for (office.Strike(); office.Clock.GetCurrentInstant() < Say.At(20); office.Strike())
                office.Clock.AdvanceMinutes(10);
        }

        static DutyOffice Waiting()
        {
            var office = new DutyOffice(Policy.Ask);
            office.Site = office.Site with
            {
                Deciding = [new(null, [], OfficerRole.Officer, 2, Duration.FromMinutes(10), [TimeUp.Escalate, TimeUp.Send])],
            };
            for (var i = 1; i <= 2; i++)
            {
                office.DutyList.Enter($"Officer {i}", OfficerRole.Officer, $"+8490500000{i}", "Admin");
                office.DutyList.AddShift(i, i, Say.At(-60), Say.At(600), 1, "Admin");
            }
            office.Hear(Say.Ladder(III, 0));
            office.Decisions.Approve(1, "Lan");
            return office;
        }

        // Codes are made by chance.
        static string Plain(DutyOffice office) => Regex.Replace(office.Dump(), "[0-9]{6} để|Reply [0-9]{6}|code=[0-9]{6}", "");
    }

    static string Undisturbed(Policy policy, int together, out int steps)
    {
        using var office = new DutyOffice(policy);
        steps = HearUntil(int.MaxValue, office, together);
        return office.Dump();
    }

    // SQLite asks after every step of its own machine whether to go on, so that this stops before, within, between and after statements.
    static int HearUntil(int crashAt, DutyOffice office, int together) => Until(crashAt, office, () => Hear(office, together));

    static int Until(int crashAt, DutyOffice office, Action work)
    {
        var steps = 0;
        delegate_progress crash = _ => ++steps >= crashAt ? 1 : 0;
        office.Operations.Write(connection =>
        {
            connection.Execute("SELECT 1");
            raw.sqlite3_progress_handler(connection.Handle, 1, crash, null);
            return 0;
        });
        work();
        GC.KeepAlive(crash);
        return steps;
    }

    static void Hear(DutyOffice office, int together)
    {
        foreach (var batch in Flood.Chunk(together))
            office.HearTogether(batch);
    }
}
