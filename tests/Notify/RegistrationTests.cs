using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Notify.Carriers.Esms;
using CanhLu.Notify.Carriers.Zalo;
using Microsoft.Extensions.Options;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class RegistrationTests : IDisposable
{
    readonly River _river = new();

    [Fact]
    public void A_carrier_without_a_section_does_not_exist()
    {
        using var engine = new Engine(_river, []);
        Assert.Empty(engine.Get<IEnumerable<ICarrier>>());
        Assert.Empty(engine.Dispatch.Carriers);
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_carrier_is_said_at_once()
    {
        using var engine = new Engine(_river, [], new()
        {
            ["Carriers:Esms:RatePerSecond"] = "0",
            ["Carriers:Esms:CallbackSecret"] = "short",
            ["Carriers:Zalo:Concurrency"] = "5000",
        });
        var esms = Assert.Throws<OptionsValidationException>(() => engine.Get<IOptions<EsmsOptions>>().Value).Message;
        foreach (var name in (string[])["ApiKey", "SecretKey", "Brandname", "RatePerSecond", "CallbackSecret"])
            Assert.Contains(name, esms, StringComparison.Ordinal);
        var zalo = Assert.Throws<OptionsValidationException>(() => engine.Get<IOptions<ZaloOptions>>().Value).Message;
        foreach (var name in (string[])["AppId", "AppSecret", "RefreshToken", "Concurrency"])
            Assert.Contains(name, zalo, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_carriers_whose_keys_could_be_the_same_are_refused_at_start()
    {
        using var engine = new Engine(_river, [new ScriptedCarrier("zalo"), new ScriptedCarrier("zalo-oa")]);
        var wrong = Assert.Throws<ArgumentException>(() => engine.Dispatch);
        Assert.Contains("zalo and zalo-oa", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bulletin_that_no_carrier_can_tell_waits_for_one()
    {
        _river.People(3);
        _river.Warn(_river.Episode(), AlarmLevel.I);
        await using (var without = await new Engine(_river, []).Start())
        {
            without.Get<Planner>().Look();
            Assert.Equal(1, without.Quiet.Backlog().Bulletins);
        }
        var esms = new ScriptedCarrier("esms");
        await using var with = await new Engine(_river, [esms]).Start();
        await with.Settle();
        Assert.Equal(3, esms.Taken.Count);
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_under_way_and_gives_back_what_was_only_claimed()
    {
        _river.People(100);
        var gate = new TaskCompletionSource();
        var esms = new ScriptedCarrier("esms") { Terms = new(1000, 3, null), Wait = () => gate.Task };
        _river.Warn(_river.Episode(), AlarmLevel.I);
        await using (var engine = await new Engine(_river, [esms]).Start())
        {
            await Engine.Until(() => esms.Asked == 3);
            var stopping = engine.Dispatch.StopAsync(CancellationToken.None);
            gate.SetResult();
            await stopping;
        }
        Assert.InRange(esms.Taken.Count, 3, 10);
        Assert.Equal((esms.Taken.Count, 100 - esms.Taken.Count, 0), (
            _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'accepted'"),
            _river.Ask<int>("SELECT count(*) FROM deliveries WHERE state = 'planned' AND attempts = 0"),
            _river.Ask<int>("SELECT count(*) FROM deliveries WHERE doubtful_at IS NOT NULL")));
    }

    public void Dispose() => _river.Dispose();
}
