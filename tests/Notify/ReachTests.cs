using CanhLu.Notify;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class ReachTests
{
    [Fact]
    public void What_is_foretold_of_a_bulletin_is_what_its_planning_makes()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            using var river = new River { Site = River.Of(random.Next(2) == 0 ? ["zalo", "esms"] : ["esms", "zalo"], together: random.Next(2) == 0) };
            for (var i = random.Next(1, 8); i > 0; i--)
                river.People(random.Next(1, 9), random.Next(3) == 0 ? "20350" : River.Ward, (AlarmLevel)random.Next(1, 4), random.Next(2) == 0 ? "vi" : "en");
            river.Operations.Write(connection => connection.Execute(
                "UPDATE recipients SET carriers = @carriers, opted_out_at = @out WHERE id = @id",
                Enumerable.Range(1, 50).Where(_ => random.Next(4) == 0).Select(id => new { id, carriers = (string?)(random.Next(3) switch { 0 => "sms", 1 => "zalo", _ => null }), @out = random.Next(3) == 0 ? 1L : (long?)null })));
            river.Operations.Write(connection => connection.Execute(
                "INSERT INTO out_of_reach (recipient_id, carrier, code, since_at) SELECT id, 'zalo', '-118', @Now FROM recipients WHERE id % 3 = 0", new { River.Now }));
            using var engine = new Engine(river, [new ScriptedCarrier("zalo"), new ScriptedCarrier("esms")], new() { ["Notify:SmsPricePerSegment"] = "800" });
            var id = river.Warn(river.Episode(), (AlarmLevel)random.Next(1, 4));
            var bulletin = engine.Get<Bulletins>().Of(id);
            var foretold = engine.Get<Reaches>().Of(bulletin);
            engine.Get<Planner>().Look();
            var planned = river.List<(string Carrier, long People)>("SELECT carrier, count(*) FROM deliveries GROUP BY carrier").ToDictionary(one => one.Carrier, one => one.People);
            Assert.Equal(planned.OrderBy(one => one.Key), foretold.Carriers.Where(one => one.People > 0).ToDictionary(one => one.Carrier, one => one.People).OrderBy(one => one.Key));
            Assert.Equal(river.Ask<long>("SELECT count(DISTINCT recipient_id) FROM deliveries"), foretold.People);
            Assert.Equal(
                800m * river.List<string>("SELECT r.language FROM deliveries d JOIN recipients r ON r.id = d.recipient_id WHERE d.carrier = 'esms'")
                    .Sum(language => SmsSize.Of(BulletinText.Of(bulletin, river.Site, language).Sms).Segments),
                foretold.Price);
        }
    }
}
