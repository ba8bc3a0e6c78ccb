using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify.Sirens;

public sealed class HearingTests : IDisposable
{
    readonly SirenShore _shore = new();

    [Fact]
    public async Task A_siren_that_does_not_answer_is_told_of_once_and_counted_until_it_does()
    {
        _shore.River.Warn(_shore.River.Episode(), AlarmLevel.II);
        await _shore.Look();
        Assert.True(_shore.Hear("loa-2", """{"bulletin_id":1,"sequence":1}"""));
        _shore.Clock.Advance(Duration.FromMinutes(2));
        await _shore.Look();
        Assert.Equal(0, _shore.Meters["canhlu.sirens.unheard"]);
        _shore.Clock.Advance(Duration.FromMinutes(2));
        await _shore.Look();
        await _shore.Look();
        Assert.Equal(1, _shore.Meters["canhlu.sirens.unheard"]);
        Assert.Contains(SirenShore.Siren, Assert.Single(_shore.Log.Of(5123)), StringComparison.Ordinal);
        var sirens = _shore.Publisher.Sirens();
        Assert.Equal([(SirenShore.Siren, null, true), ("loa-2", 1L, false)], sirens.Select(siren => (siren.Id, siren.HeardSequence, siren.IsUnheard)));
        Assert.Equal(River.Now, sirens[1].HeardAt);

        // Without a sequence it means the newest of that bulletin.
        Assert.True(_shore.Hear(SirenShore.Siren, """{"bulletin_id":1}"""));
        await _shore.Look();
        Assert.Equal(0, _shore.Meters["canhlu.sirens.unheard"]);
    }

    [Theory]
    [InlineData("loa-1", "no JSON")]
    [InlineData("loa-1", "{}")]
    [InlineData("loa-1", "{\"bulletin_id\":7}")]
    [InlineData("loa-1", "{\"bulletin_id\":1,\"sequence\":9}")]
    [InlineData("stranger", "{\"bulletin_id\":1}")]
    public async Task What_was_never_stated_to_a_siren_was_not_heard_by_it(string siren, string message)
    {
        _shore.River.Warn(_shore.River.Episode(), AlarmLevel.II);
        await _shore.Look();
        Assert.True(_shore.Hear(siren, message));
        Assert.Equal(0, _shore.River.Ask<long>("SELECT count(*) FROM siren_heard"));
    }

    [Fact]
    public async Task While_the_line_is_down_what_stands_is_kept_and_stated_when_it_is_up()
    {
        _shore.Line.Trouble = "the broker is away";
        _shore.River.Warn(_shore.River.Episode(), AlarmLevel.II);
        await _shore.Look();
        await _shore.Look();
        Assert.Empty(_shore.Line.Retained);
        Assert.Equal(2, _shore.Meters["canhlu.sirens.unstated"]);
        Assert.Equal("the broker is away", _shore.Publisher.Trouble);
        Assert.All(_shore.Publisher.Wards, ward => Assert.False(ward.IsStated));
        Assert.Single(_shore.Log.Of(5121));
        _shore.Line.Trouble = null;
        await _shore.Look();
        Assert.Equal("warning II 1 1", _shore.Says(SirenShore.Topic));
        Assert.All(_shore.Publisher.Wards, ward => Assert.True(ward.IsStated));
        Assert.Single(_shore.Log.Of(5122));
        Assert.Equal(0, _shore.Meters["canhlu.sirens.unstated"]);
    }

    public void Dispose() => _shore.Dispose();
}
