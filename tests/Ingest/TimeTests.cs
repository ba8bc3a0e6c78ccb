using NodaTime;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Ingest;

public sealed class TimeTests
{
    readonly River _river = new();

    [Theory]
    [InlineData("\"2025-10-29T21:00:00+07:00\"", "2025-10-29T14:00:00Z")]
    [InlineData("\"2025-10-29T21:00+07:00\"", "2025-10-29T14:00:00Z")]
    [InlineData("\"2025-10-29T14:00:00Z\"", "2025-10-29T14:00:00Z")]
    [InlineData("\"2025-10-29t14:00:00.123456789z\"", "2025-10-29T14:00:00.123456Z")]
    [InlineData("\"2025-10-29 14:00:00,5-00:00\"", "2025-10-29T14:00:00.5Z")]
    [InlineData("\"2025-10-29T03:30:00-1030\"", "2025-10-29T14:00:00Z")]
    [InlineData("\"2025-10-29T21:00:00+07\"", "2025-10-29T14:00:00Z")]
    [InlineData("\"2024-02-29T23:59:59.9999999+00:00\"", "2024-02-29T23:59:59.999999Z")]
    [InlineData("\"2000-01-01T00:00:00Z\"", "2000-01-01T00:00:00Z")]
    [InlineData("1761746400000", "2025-10-29T14:00:00Z")]
    [InlineData("1761746400000.25", "2025-10-29T14:00:00.00025Z")]
    [InlineData("1.7617464e12", "2025-10-29T14:00:00Z")]
    [InlineData("17617464000000e-1", "2025-10-29T14:00:00Z")]
    public void A_time_is_iso_8601_with_an_offset_or_milliseconds_and_is_kept_to_the_microsecond(string t, string instant)
    {
        var stage = Assert.Single(_river.Values($"{{\"t\":{t},\"stage_m\":1}}")).Value;
        Assert.Equal(InstantPattern.ExtendedIso.Parse(instant).Value, stage.MeasuredAt);
        Assert.Equal(River.Now, stage.ReceivedAt);
    }

    [Theory]
    [InlineData("\"2025-10-29T21:00:00\"", "no offset")]
    [InlineData("\"2025-10-29T21:00\"", "no offset")]
    [InlineData("\"9999-12-31T23:59:59Z\"", "outside the years")]
    [InlineData("\"1999-12-31T23:59:59Z\"", "outside the years")]
    [InlineData("\"0000-01-01T00:00:00Z\"", "outside the years")]
    [InlineData("253402300799000", "outside the years")]
    [InlineData("1761746400", "seconds, where milliseconds are meant?")]
    [InlineData("1761746400000000", "microseconds, where milliseconds are meant?")]
    [InlineData("1e400", "outside the years")]
    [InlineData("-1e-400", "outside the years")]
    [InlineData("0", "outside the years")]
    [InlineData("9223372036854775807", "outside the years")]
    [InlineData("\"2025-02-29T00:00:00Z\"", "no such day")]
    [InlineData("\"2025-13-01T00:00:00Z\"", "no such day")]
    [InlineData("\"2025-00-01T00:00:00Z\"", "no such day")]
    [InlineData("\"2025-10-29T24:00:00Z\"", "no such day")]
    [InlineData("\"2025-10-29T23:59:60Z\"", "no such day")]
    [InlineData("\"2025-10-29T21:00:00+19:00\"", "not ISO 8601")]
    [InlineData("\"2025-10-29T21:00:00+0a:00\"", "not ISO 8601")]
    [InlineData("\"2025-10-29T21:00:00.Z\"", "not ISO 8601")]
    [InlineData("\"2025-10-29T21:00:00Zx\"", "not ISO 8601")]
    [InlineData("\"29/10/2025 21:00:00+07\"", "not ISO 8601")]
    [InlineData("\"1761746400000\"", "not ISO 8601")]
    [InlineData("\"\"", "not ISO 8601")]
    [InlineData("null", "neither")]
    [InlineData("true", "neither")]
    [InlineData("[1761746400000]", "neither")]
    [InlineData("{\"t\":1761746400000}", "neither")]
    public void Any_other_time_is_a_bad_one_and_the_rejection_says_why(string t, string because)
    {
        Assert.Equal(0, _river.Take($"{{\"t\":{t},\"stage_m\":1}}"));
        var rejection = Assert.Single(_river.Log.Of(River.Gauge));
        Assert.Equal(RejectionReason.BadTime, rejection.Reason);
        Assert.Contains(because, rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_may_be_ahead_by_the_tolerance_and_not_by_more()
    {
        var latest = (River.Now + Duration.FromMinutes(2)).ToUnixTimeMilliseconds();
        Assert.Equal(1, _river.Take($"{{\"t\":{latest},\"stage_m\":1}}"));
        Assert.Equal(0, _river.Take($"{{\"t\":{latest + 1},\"stage_m\":1}}"));
        Assert.Equal([RejectionReason.Future], _river.Reasons());
    }

    [Fact]
    public void Every_day_of_the_years_2000_to_2100_is_read_as_the_calendar_has_it()
    {
        for (var day = new LocalDate(2000, 1, 1); day.Year < 2100; day = day.PlusDays(1))
        {
            var noon = day.At(new LocalTime(12, 0)).InUtc().ToInstant();
            if (noon > River.Now)
                break;
            _river.Take($"{{\"t\":\"{LocalDatePattern.Iso.Format(day)}T19:00:00+07:00\",\"stage_m\":1}}");
            Assert.Equal(noon, _river.Batch.Readings[^1].MeasuredAt);
        }
    }
}
