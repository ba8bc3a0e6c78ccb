using System.Text;
using CanhLu.Notify;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class ErasureTests : IDisposable
{
    const string Name = "Huỳnh Thị Bích Ngọc";

    static readonly PhoneNumber Person = new("+84987654321");

    readonly River _river = new();

    public void Dispose() => _river.Dispose();

    [Fact]
    public async Task Nothing_personal_is_left_and_what_was_sent_is_still_counted()
    {
        Import();
        _river.People(2);
        var esms = new ScriptedCarrier("esms");
        var episode = _river.Episode();
        await using (var engine = await new Engine(_river, [esms]).Start())
        {
            _river.Warn(episode, AlarmLevel.II);
            await engine.Settle();
            Assert.Equal(1, Erase());
            Assert.Null(Erase());
            Assert.Equal((3, 2), (_river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'accepted'"), Roster.Count()));

            // Nobody can tell them that it is over: the debt is out of reach, and the engine comes to rest.
            _river.AllClear(episode);
            await engine.Settle();
            Assert.Equal((3L, 2L, 1L, 0L), engine.Ledger.Debts().Select(debt => (debt.Made, debt.Paid, debt.Unreachable, debt.Open)).Single());
            _river.Warn(_river.Episode(), AlarmLevel.III);
            await engine.Settle();
            Assert.All(esms.Taken.Values.Skip(3), letter => Assert.StartsWith("+84", letter.Phone.E164, StringComparison.Ordinal));
            Assert.Equal(7, esms.Taken.Count);
            Assert.Equal("erased-1", engine.Ledger.Deliveries(1, null, null, 10).Single(line => line.RecipientId == 1).Phone.ToString());
        }
        Assert.Equal(
            [("Lan", "erased", "recipient/1", "{\"why\":\"by letter\"}")], _river.List<(string, string, string, string)>("SELECT who, action, subject, after FROM audit"));

        _river.PullThePlug();
        var bytes = await File.ReadAllBytesAsync(_river.File, TestContext.Current.CancellationToken);
        foreach (var trace in (string[])["987654321", Name, "Thôn 3", "phiếu 12"])
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(trace)) < 0, $"{trace} is still in the file");
        _river.Reopen();
    }

    [Fact]
    public async Task What_is_under_way_is_neither_tried_again_nor_passed_on_nor_owed()
    {
        Import();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        var zalo = new ScriptedCarrier("zalo", _ => Script.Never)
        {
            Wait = async () =>
            {
                asked.TrySetResult();
                await answer.Task;
            },
        };
        var esms = new ScriptedCarrier("esms");
        await using var engine = await new Engine(_river, [zalo, esms]).Start();
        _river.Warn(_river.Episode(), AlarmLevel.II);
        engine.Get<BulletinSignal>().Ring();
        await asked.Task;
        Erase();
        answer.SetResult();
        await engine.Settle();
        Assert.Equal((1, 0), (zalo.Asked, esms.Asked));
        Assert.Equal((1, 0), (_river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'replaced'"), _river.Ask<int>("SELECT count(*) FROM debts")));
    }

    [Fact]
    public async Task Accepted_after_the_erasure_it_is_counted_and_makes_no_debt_that_nobody_can_pay()
    {
        Import();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        var esms = new ScriptedCarrier("esms")
        {
            Wait = async () =>
            {
                asked.TrySetResult();
                await answer.Task;
            },
        };
        await using var engine = await new Engine(_river, [esms]).Start();
        var episode = _river.Episode();
        _river.Warn(episode, AlarmLevel.II);
        engine.Get<BulletinSignal>().Ring();
        await asked.Task;
        Erase();
        answer.SetResult();
        await engine.Settle();
        _river.AllClear(episode);
        await engine.Settle();
        Assert.Equal((1, 0), (_river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'accepted'"), _river.Ask<int>("SELECT count(*) FROM debts")));
    }

    [Fact]
    public void The_number_may_come_again_as_somebody_new()
    {
        Import();
        Erase();
        Assert.Equal(1, Import().Added);
        Assert.Equal(2, Roster.Find(Person)!.Id);
    }

    Roster Roster => new(_river.Operations, () => _river.Site, new FakeClock(River.Now), NullLogger<Roster>.Instance);

    RosterReport Import() => Roster.Import(new StringReader(
        $"name,phone,ward_code,hamlet,ground_height_m,lat,lon,consent\n{Name},{Person.E164},{River.Ward},Thôn 3,2.1,15.57,108.48,phiếu 12\n"));

    long? Erase() => new Erasure(_river.Operations, new FakeClock(River.Now)).Erase(Person, "Lan", "by letter");
}
