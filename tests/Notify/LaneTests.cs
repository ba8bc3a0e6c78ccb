using Dapper;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class LaneTests : IDisposable
{
    readonly River _river = new();
    readonly List<string> _order = [];

    [Fact]
    public async Task With_a_hundred_thousand_residents_waiting_a_message_to_an_officer_planned_later_is_the_next_one_handed_over()
    {
        _river.People(100_000);
        var gate = new TaskCompletionSource();
        var esms = Noting(new ScriptedCarrier("esms") { Terms = new(1_000, 1, null), Wait = () => gate.Task });
        _river.Site = River.Of(["esms"], together: false);
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await using var engine = await new Engine(_river, [esms]).Start();
        // One is under way and never answered, and the claims have run ahead as far as they may.
        await Engine.Until(() => esms.Asked == 1 && HandedOver() > 250);
        var officer = Remind("+84905999999");
        await Engine.Until(() => IsClaimed(officer));
        // Claims go one after the other: when a later one is written down, this one stands before the sending.
        var later = Remind("+84905999998");
        await Engine.Until(() => IsClaimed(later));
        gate.SetResult();
        await Engine.Until(() => Noted() > 20);
        lock (_order)
            Assert.Equal(officer, _order[1]);
    }

    [Fact]
    public async Task A_pacing_courier_lets_an_officer_wait_for_one_token_at_most()
    {
        _river.People(100);
        var esms = Noting(new ScriptedCarrier("esms") { Terms = new(20, 4, null) });
        _river.Site = River.Of(["esms"], together: false);
        _river.Warn(_river.Episode(), AlarmLevel.III);
        await using var engine = await new Engine(_river, [esms]).Start();
        await Engine.Until(() => Noted() >= 3);
        var officer = Remind("+84905999999");
        await Engine.Until(() => _river.Ask<string>("SELECT state FROM deliveries WHERE key = @officer", new { officer }) != "planned");
        var before = Noted();
        await Engine.Until(() => Noted() >= before + 3);
        lock (_order)
            Assert.InRange(_order.IndexOf(officer), 3, before + 1);
    }

    [Fact]
    public async Task Claims_ahead_of_the_sending_are_bounded_and_given_back_at_a_stop()
    {
        _river.People(3_000);
        var gate = new TaskCompletionSource();
        var esms = new ScriptedCarrier("esms") { Terms = new(1_000, 4, null), Wait = () => gate.Task };
        _river.Site = River.Of(["esms"], together: false);
        _river.Warn(_river.Episode(), AlarmLevel.I);
        await using (var engine = await new Engine(_river, [esms]).Start())
        {
            await Engine.Until(() => esms.Asked == 4 && HandedOver() > 250);
            // Half a second at the agreed rate, and what is under way.
            Assert.InRange(HandedOver(), 250, 504 + 250);
            gate.SetResult();
        }
        Assert.Equal(0, HandedOver());
        Assert.Equal(esms.Taken.Count, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'accepted'"));
        Assert.Equal(0, _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'planned' AND attempts > 0"));
    }

    public void Dispose() => _river.Dispose();

    bool IsClaimed(string key) => _river.Ask<string>("SELECT state FROM deliveries WHERE key = @key", new { key }) == "handedover";

    int HandedOver() => _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'handedover'");

    int Noted()
    {
        lock (_order)
            return _order.Count;
    }

    ScriptedCarrier Noting(ScriptedCarrier carrier)
    {
        carrier.Answer = letter =>
        {
            lock (_order)
                _order.Add(letter.Key);
            return Script.Take;
        };
        return carrier;
    }

    /// <summary>A message to one officer, of the lowest level, planned now.</summary>
    string Remind(string phone)
    {
        var bulletin = _river.Warn(_river.Ask<long>("SELECT max(id) FROM episodes"), AlarmLevel.I, notAfter: River.Now - NodaTime.Duration.FromSeconds(1), station: "office");
        return _river.Operations.Write(connection => connection.ExecuteScalar<string>(
            """
            INSERT INTO recipients (phone, name, ward_code, language, lowest_level, imported_at) VALUES (@phone, 'Trực ban', '0', 'vi', 1, 0);
            INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, lane, level, state, not_after, next_attempt_at, planned_at)
            VALUES (@bulletin, last_insert_rowid(), 'esms', 'officer-' || @bulletin, 1, 1, 'planned', @Late, 0, 0) RETURNING key
            """,
            new { phone, bulletin, Late = River.Now + NodaTime.Duration.FromHours(6) })!);
    }
}
