using System.Collections.Frozen;
using Dapper;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify.Sirens;

public sealed class StandingTests : IDisposable
{
    readonly SirenShore _shore = new();

    [Fact]
    public async Task What_was_decided_is_retained_in_words_that_a_loudspeaker_reads()
    {
        _shore.River.Warn(_shore.River.Episode(), AlarmLevel.II);
        await _shore.Look();
        Assert.Equal(
            """{"version":1,"site":"tam-ky","area":"20341","area_name":"Phường Tam Kỳ","status":"actual","state":"warning","sequence":1,"bulletin_id":1,"level":"II","cause":"threshold","headline":"Mực nước sông Tam Kỳ tại trạm Tam Kỳ lúc 21 giờ ngày 29/10/2025: 2,68 m, dưới báo động III 0,02 m.","headline_ascii":"Muc nuoc song Tam Ky tai tram Tam Ky luc 21 gio ngay 29/10/2025: 2,68 m, duoi bao dong III 0,02 m.","issued_at":"2025-10-29T21:00:00+07:00","valid_until":"2025-10-30T03:00:00+07:00"}""",
            _shore.Line.Retained[SirenShore.Topic]);
        Assert.Equal(2, _shore.Line.Retained.Count);
    }

    [Fact]
    public async Task A_change_is_stated_in_order_and_the_all_clear_ends_it()
    {
        var episode = _shore.River.Episode();
        _shore.River.Warn(episode, AlarmLevel.I);
        await _shore.Look();
        _shore.River.Warn(episode, AlarmLevel.III);
        await _shore.Look();
        Assert.Equal("warning III 2 2", _shore.Says(SirenShore.Topic));
        _shore.End(episode);
        await _shore.Look();
        Assert.Equal("warning III 2 2", _shore.Says(SirenShore.Topic));
        _shore.River.AllClear(episode, River.Now + Duration.FromHours(24));
        await _shore.Look();
        Assert.Equal("all_clear none 3 3", _shore.Says(SirenShore.Topic));
        Assert.StartsWith("Hết cảnh báo lũ", (string?)_shore.On(SirenShore.Topic)!["headline"], StringComparison.Ordinal);
        _shore.Clock.AdvanceHours(24);
        await _shore.Look();
        Assert.Empty(_shore.Line.Retained);
    }

    [Fact]
    public async Task After_a_crash_the_same_is_stated_with_the_same_sequence()
    {
        _shore.River.Warn(_shore.River.Episode(), AlarmLevel.II);
        await _shore.Look();
        var before = _shore.Line.Retained[SirenShore.Topic];
        _shore.Restart();
        await _shore.Look();
        Assert.Equal(before, _shore.Line.Retained[SirenShore.Topic]);
        var posts = _shore.Line.Posts;
        await _shore.Look();
        Assert.Equal(posts, _shore.Line.Posts);
    }

    [Fact]
    public async Task While_the_flood_goes_on_its_warning_stays_valid_and_after_it_runs_out()
    {
        var episode = _shore.River.Episode();
        _shore.River.Warn(episode, AlarmLevel.II);
        for (var hour = 0; hour < 24; hour++)
        {
            await _shore.Look();
            Assert.Equal("warning II 1 1", _shore.Says(SirenShore.Topic));
            Assert.InRange(ValidUntil() - _shore.Clock.GetCurrentInstant(), Duration.FromHours(3), Duration.FromHours(6));
            _shore.Clock.AdvanceHours(1);
        }
        _shore.End(episode);
        await _shore.Look();
        Assert.Equal(_shore.Clock.GetCurrentInstant() + Duration.FromHours(6), ValidUntil());
        _shore.Clock.AdvanceHours(6);
        await _shore.Look();
        Assert.Empty(_shore.Line.Retained);
    }

    [Fact]
    public async Task What_a_person_stops_is_taken_back_and_what_stood_before_it_stands_again()
    {
        var episode = _shore.River.Episode();
        var first = _shore.River.Warn(episode, AlarmLevel.I);
        var second = _shore.River.Warn(episode, AlarmLevel.III);
        await _shore.Look();
        _shore.Stop(second);
        await _shore.Look();
        Assert.Equal("warning I 1 2", _shore.Says(SirenShore.Topic));
        _shore.Stop(first);
        await _shore.Look();
        Assert.Equal("withdrawn none 1 3", _shore.Says(SirenShore.Topic));
        Assert.Equal("", (string?)_shore.On(SirenShore.Topic)!["headline"]);
        _shore.Clock.AdvanceHours(6);
        await _shore.Look();
        Assert.Empty(_shore.Line.Retained);
    }

    [Fact]
    public async Task The_highest_of_several_speaks_and_areas_of_a_persons_choice_alone_hear_it()
    {
        var episode = _shore.River.Episode();
        _shore.River.Warn(episode, AlarmLevel.II);
        var other = _shore.River.Warn(episode, AlarmLevel.III, rule: "toc-do");
        _shore.River.Operations.Write(connection => connection.Execute("UPDATE bulletins SET area_codes = @OtherWard WHERE id = @other", new { SirenShore.OtherWard, other }));
        await _shore.Look();
        Assert.Equal("warning II 1 1", _shore.Says(SirenShore.Topic));
        Assert.Equal("warning III 2 1", _shore.Says($"canhlu/tam-ky/warnings/{SirenShore.OtherWard}"));
    }

    [Theory]
    [InlineData("UPDATE bulletins SET cause = 'silence'")]
    [InlineData("UPDATE bulletins SET cause = 'fault'")]
    [InlineData("UPDATE bulletins SET kind = 'reminder'")]
    [InlineData("UPDATE bulletins SET only_to = '+84905000001'")]
    [InlineData("UPDATE bulletins SET expired_at = 1")]
    [InlineData("DELETE FROM bulletins")]
    public async Task No_siren_hears_of_proposals_broken_gauges_reminders_or_old_news(string instead)
    {
        _shore.River.Warn(_shore.River.Episode(), AlarmLevel.III);
        _shore.River.Operations.Write(connection => connection.Execute(
            """
            INSERT INTO proposals (episode, station, rule, cause, kind, level, measured_at, proposed_at, not_after, state)
            SELECT episode, station, rule, cause, kind, level, measured_at, decided_at, not_after, 'waiting' FROM bulletins
            """));
        _shore.River.Operations.Write(connection => connection.Execute(instead));
        await _shore.Look();
        Assert.Empty(_shore.Line.Retained);
    }

    [Fact]
    public async Task An_exercise_has_topics_of_its_own_and_touches_no_other()
    {
        _shore.River.Operations.Write(connection => connection.Execute("INSERT INTO settings (name, value) VALUES ('mode', 'drill')"));
        _shore.Restart();
        _shore.River.Site = _shore.River.Site with { IsDrill = true };
        _shore.River.Warn(_shore.River.Episode(), AlarmLevel.III);
        await _shore.Look();
        Assert.Equal(["canhlu/tam-ky/drill/20335", "canhlu/tam-ky/drill/20341"], _shore.Line.Retained.Keys.Order());
        var message = _shore.On("canhlu/tam-ky/drill/20341")!;
        Assert.Equal("exercise", (string?)message["status"]);
        Assert.StartsWith("[DIỄN TẬP] ", (string?)message["headline"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sirens_taken_out_of_the_site_leave_nothing_retained()
    {
        _shore.River.Warn(_shore.River.Episode(), AlarmLevel.III);
        await _shore.Look();
        _shore.River.Site = _shore.River.Site with { Sirens = FrozenDictionary<string, Siren>.Empty };
        await _shore.Look();
        Assert.Empty(_shore.Line.Retained);
    }

    public void Dispose() => _shore.Dispose();

    Instant ValidUntil() => NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse((string)_shore.On(SirenShore.Topic)!["valid_until"]!).Value.ToInstant();
}
