using System.Collections.Immutable;
using CanhLu.Host.Afterwards;
using CanhLu.Tests.Notify;
using Dapper;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Host.Afterwards;

public sealed class AftermathTests
{
    [Fact]
    public async Task The_page_says_who_was_told_how_long_before_whom_not_and_at_what_cost()
    {
        using var river = Flooded(out var episode);
        var markup = AftermathPage.Of((await Read(river, new Question(episode, null, null, null)))!);
        Assert.Contains("&lt;script&gt;", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", markup, StringComparison.Ordinal);
        var page = System.Net.WebUtility.HtmlDecode(markup);
        // 10 people, one refused by every carrier; the water reached báo động II an hour after the reading, 59 minutes after the first acceptance.
        Assert.Contains("59 phút", page, StringComparison.Ordinal);
        Assert.Contains(new CanhLu.Notify.PhoneNumber("+84905000010").Masked, page, StringComparison.Ordinal);
        Assert.DoesNotContain("905000010", page, StringComparison.Ordinal);
        Assert.Contains(">7.650 đ<", page, StringComparison.Ordinal);
        Assert.Contains("BĐ III · 2,70 m", page, StringComparison.Ordinal);
        // Nothing is loaded from anywhere.
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stretch_of_time_has_the_alarms_that_stood_in_it_and_another_station_none()
    {
        using var river = Flooded(out _);
        var (before, after) = (River.Now - Duration.FromHours(1), River.Now + Duration.FromHours(1));
        Assert.Single((await Read(river, new Question(null, before, after, null)))!.Episodes);
        Assert.Single((await Read(river, new Question(null, before, after, River.Station)))!.Stations);
        Assert.Null(await Read(river, new Question(null, before, after, "nowhere")));
        Assert.Null(await Read(river, new Question(null, before - Duration.FromDays(9), before - Duration.FromDays(8), null)));
        Assert.Null(await Read(river, new Question(4711, null, null, null)));
    }

    static Task<Aftermath?> Read(River river, Question question) => new AftermathReader(
        river.Site, river.Operations,
        (_, _, _) => Task.FromResult<ImmutableArray<Water>>([Water(0, 1_720), Water(30, 1_900), Water(60, 2_210), Water(120, 2_100), Water(180, 1_500)]),
        River.Now + Duration.FromHours(8)).Read(question, new Dictionary<string, decimal> { ["esms"] = 850 });

    static Water Water(int minute, int stage) => new(River.Now + Duration.FromMinutes(minute), new Stage(stage - 10), new Stage(stage));

    static River Flooded(out long episode)
    {
        var river = new River();
        river.People(10);
        episode = river.Episode();
        var bulletin = river.Warn(episode, AlarmLevel.I, stage: 1_720);
        var id = episode;
        river.Operations.Write(connection =>
        {
            connection.Execute("UPDATE episodes SET opened_at = @Now, ended_at = @End WHERE id = @id", new { River.Now, End = River.Now + Duration.FromHours(4), id });
            connection.Execute("INSERT INTO cost_book (bulletin_id, carrier, language, units, price) VALUES (@bulletin, 'esms', 'vi', 1, '700')", new { bulletin });
            return connection.Execute(
                """
                INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, level, state, not_after, attempts, planned_at, handed_over_at, accepted_at, settled_at, last_code, last_answer)
                VALUES (@bulletin, @Id, 'esms', 'k-' || @Id, 1, @State, @Now, 1, @Now, @Now, @Accepted, @Settled, '118', 'không có thuê bao <script>')
                """,
                Enumerable.Range(1, 10).Select(person => new
                {
                    bulletin,
                    Id = person,
                    State = person == 10 ? "failed" : "delivered",
                    River.Now,
                    Accepted = person == 10 ? (Instant?)null : River.Now + Duration.FromMinutes(person),
                    Settled = person == 10 ? River.Now : (Instant?)null,
                }));
        });
        return river;
    }
}
