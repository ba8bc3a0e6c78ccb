using System.Collections.Frozen;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Vocabulary;

public sealed class OfficialWordingTests
{
    static readonly DateTimeZone Zone = DateTimeZone.ForOffset(Offset.FromHours(7));

    static readonly FrozenDictionary<string, ThresholdSet> Ladders = new Dictionary<string, ThresholdSet>
    {
        ["tam-ky"] = Ladder(1700, 2200, 2700),
        ["cau-lau"] = Ladder(2000, 3000, 4000),
        ["hoi-an"] = Ladder(1000, 1500, 2000),
        ["ai-nghia"] = Ladder(6500, 8000, 9000),
    }.ToFrozenDictionary();

    public static TheoryData<string, string, string> Published()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "tam-ky-official-readings.csv")).Skip(1))
        {
            var fields = line.Split(',');
            rows.Add(fields[1], fields[2], fields[3]);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void A_stage_is_placed_as_the_bulletins_of_the_weather_service_placed_it(string station, string metres, string wording)
    {
        var stage = Stage.FromMetres(decimal.Parse(metres, CultureInfo.InvariantCulture));
        Assert.Equal(wording.Replace('.', ',') + " m", OfficialWording.Relation(stage, Ladders[station], "vi"));
        Assert.Equal(metres.Replace('.', ',') + " m", OfficialWording.Height(stage, Ladders[station], "vi"));
    }

    [Theory]
    [InlineData(2698, "2,698 m", "dưới báo động III 0,002 m")]
    [InlineData(2695, "2,695 m", "dưới báo động III 0,005 m")]
    [InlineData(2694, "2,69 m", "dưới báo động III 0,01 m")]
    [InlineData(2700, "2,70 m", "ở mức báo động III")]
    [InlineData(2702, "2,702 m", "trên báo động III 0,002 m")]
    [InlineData(2705, "2,71 m", "trên báo động III 0,01 m")]
    [InlineData(2685, "2,69 m", "dưới báo động III 0,01 m")]
    [InlineData(1699, "1,699 m", "dưới báo động I 0,001 m")]
    [InlineData(1950, "1,95 m", "trên báo động I 0,25 m")]
    [InlineData(1951, "1,95 m", "dưới báo động II 0,25 m")]
    [InlineData(4000, "4,00 m", "trên báo động III 1,30 m")]
    [InlineData(-35, "-0,04 m", "dưới báo động I 1,74 m")]
    public void A_printed_stage_never_changes_sides(int millimetres, string height, string relation)
    {
        var ladder = Ladders["tam-ky"];
        Assert.Equal(height, OfficialWording.Height(new Stage(millimetres), ladder, "vi"));
        Assert.Equal(relation, OfficialWording.Relation(new Stage(millimetres), ladder, "vi"));
    }

    [Fact]
    public void Every_printed_stage_and_distance_agree_with_each_other_and_with_the_side_of_the_level()
    {
        foreach (var ladder in Ladders.Values.Append(Ladder(1705, 2201, 2699)))
            for (var millimetres = -200; millimetres < 11_000; millimetres++)
            {
                var stage = new Stage(millimetres);
                var height = Parsed(OfficialWording.Height(stage, ladder, "en").Split(' ')[0]);
                var words = OfficialWording.Relation(stage, ladder, "en").Split(' ');
                var raise = ladder[Enum.Parse<AlarmLevel>(words[^1])].Raise;
                Assert.Equal(stage.CompareTo(raise), Math.Sign(height.CompareTo(raise.Metres)));
                Assert.Equal(height - raise.Metres, words switch
                {
                    ["at", ..] => 0m,
                    [var distance, "m", "above", ..] => Parsed(distance),
                    [var distance, "m", "below", ..] => -Parsed(distance),
                    _ => throw new FormatException(string.Join(' ', words)),
                });
                Assert.True(Math.Abs(height - stage.Metres) <= 0.005m);
                foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.II, AlarmLevel.III])
                    Assert.True(stage >= ladder[level].Raise || height < ladder[level].Raise.Metres, $"{stage} read as {height} m");
            }
    }

    [Fact]
    public void Without_a_ladder_a_stage_is_written_in_centimetres()
    {
        Assert.Equal("2,70 m", OfficialWording.Height(new Stage(2698), null, "vi"));
        Assert.Equal("2.68 m", OfficialWording.Height(new Stage(2680), null, "en"));
    }

    [Fact]
    public void English_says_the_same()
    {
        var ladder = Ladders["tam-ky"];
        Assert.Equal("0.02 m below alarm level III", OfficialWording.Relation(new Stage(2680), ladder, "en"));
        Assert.Equal("0.24 m above alarm level II", OfficialWording.Relation(new Stage(2440), ladder, "en"));
        Assert.Equal("at alarm level II", OfficialWording.Relation(new Stage(2200), ladder, "en"));
    }

    [Theory]
    [InlineData("2025-10-29T14:00:00Z", "21 giờ ngày 29/10/2025", "21:00 on 29 October 2025")]
    [InlineData("2025-10-29T14:30:59Z", "21 giờ 30 phút ngày 29/10/2025", "21:30 on 29 October 2025")]
    [InlineData("2025-10-29T18:05:00Z", "1 giờ 05 phút ngày 30/10/2025", "01:05 on 30 October 2025")]
    [InlineData("2025-12-31T17:00:00Z", "0 giờ ngày 01/01/2026", "00:00 on 1 January 2026")]
    public void A_time_is_written_in_the_zone_of_the_site(string at, string vietnamese, string english)
    {
        var instant = InstantPattern.ExtendedIso.Parse(at).Value;
        Assert.Equal(vietnamese, OfficialWording.Time(instant, Zone, "vi"));
        Assert.Equal(english, OfficialWording.Time(instant, Zone, "en"));
    }

    static ThresholdSet Ladder(int i, int ii, int iii) => new(Instant.MinValue, At(i), At(ii), At(iii));

    static Threshold At(int raise) => new(new Stage(raise), new Stage(raise), Duration.Zero, Duration.Zero);

    static decimal Parsed(string number) => decimal.Parse(number, CultureInfo.InvariantCulture);
}
