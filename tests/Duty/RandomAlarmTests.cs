using CanhLu.Duty;
using FsCheck.Xunit;
using Xunit;
using static CanhLu.AlarmLevel;

namespace CanhLu.Tests.Duty;

public sealed class RandomAlarmTests
{
    [Property(MaxTest = 12)]
    public void Under_auto_every_rise_has_one_bulletin_and_every_end_one_all_clear(int seed)
    {
        var random = new Random(seed);
        using var office = new DutyOffice();
        var levels = new Dictionary<string, AlarmLevel>();
        var told = new Dictionary<string, List<AlarmLevel>>();
        var statements = new List<Alarm>();
        for (var minute = 1; minute <= 60; minute++)
        {
            var station = $"s{random.Next(3)}";
            var level = (AlarmLevel)random.Next(4);
            var before = levels.GetValueOrDefault(station);
            if (level > before || (level == None && before != None))
                (told.TryGetValue(station, out var list) ? list : told[station] = []).Add(level);
            levels[station] = level;
            statements.Add(Say.Ladder(level, minute, random.Next(1000, 3000), station: station));
            office.HearTogether(random.Next(3) switch
            {
                0 => [statements[^1]],
                1 => [statements[^1], statements[random.Next(statements.Count)], statements[^1]],
                _ => statements[random.Next(statements.Count)..],
            });
        }
        foreach (var (station, level) in levels)
        {
            Assert.Equal(level == None ? 0 : 1, office.Log.OpenEpisodes().Count(episode => episode.Subject == station && episode.Level == level));
            Assert.Equal(
                told.GetValueOrDefault(station, []),
                office.Log.Bulletins(1000).Where(bulletin => bulletin.Station == station).Reverse().Select(bulletin => bulletin.Level));
        }
        AssertBookIsSound(office);
    }

    [Property(MaxTest = 12)]
    public void Under_ask_with_officers_deciding_at_random_nobody_is_told_without_one_and_everyone_warned_is_owed(int seed)
    {
        var random = new Random(seed);
        using var office = new DutyOffice(Policy.Ask);
        for (var minute = 1; minute <= 80; minute++)
        {
            office.Hear(Say.Ladder((AlarmLevel)random.Next(4), minute, station: $"s{random.Next(2)}"));
            foreach (var waiting in office.Log.WaitingProposals())
            {
                var answer = random.Next(4) switch
                {
                    0 => office.Decisions.Approve(waiting.Id, "Lan"),
                    1 when waiting.Kind == BulletinKind.Warning => office.Decisions.Decline(waiting.Id, "Minh", "no"),
                    _ => null,
                };
                Assert.True(answer is null or Answer.Done);
            }
            AssertBookIsSound(office);
        }
        Assert.All(office.Log.Bulletins(1000), bulletin => Assert.Equal("Lan", bulletin.DecidedBy));
    }

    static void AssertBookIsSound(DutyOffice office)
    {
        var episodes = office.Log.Episodes(1000);
        Assert.All(office.Log.OpenEpisodes().GroupBy(episode => episode.Key), open => Assert.Single(open));
        Assert.All(office.Log.WaitingProposals().GroupBy(waiting => (waiting.Station, waiting.Rule)), waiting => Assert.Single(waiting));
        foreach (var episode in episodes)
        {
            var bulletins = office.Log.BulletinsOf(episode.Id).Reverse().ToList();
            Assert.Equal(Enumerable.Range(1, bulletins.Count), bulletins.Select(bulletin => bulletin.Sequence));
            Assert.Equal(episode.EndedAt is null, episode.Level != None);
            var clears = bulletins.Where(bulletin => bulletin.Kind == BulletinKind.AllClear).ToList();
            Assert.True(clears.Count == 0 || (clears.Count == 1 && episode.EndedAt is not null && bulletins[^1].Kind == BulletinKind.AllClear));
            if (episode.EndedAt is null || bulletins.Count == 0 || clears.Count == 1)
                continue;
            // Warned and ended without an all-clear: it waits, or the water rose again first and a later episode owes it.
            var isProposed = office.Log.WaitingProposals().Any(waiting => waiting.Episode == episode.Id && waiting.Kind == BulletinKind.AllClear);
            Assert.True(isProposed || episodes.Any(later => later.Key == episode.Key && later.Id > episode.Id), $"episode {episode.Id} owes an all-clear");
        }
    }
}
