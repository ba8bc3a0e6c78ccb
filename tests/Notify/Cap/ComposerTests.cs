using System.Xml.Linq;
using CanhLu.Notify.Cap;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify.Cap;

public sealed class ComposerTests
{
    static readonly Instant Now = Instant.FromUtc(2025, 10, 29, 14, 0);
    static readonly CapComposer Composer = new("0badcafe");

    [Fact]
    public async Task A_bulletin_of_any_cause_kind_level_and_status_is_valid()
    {
        var messages = new List<byte[]>();
        foreach (var cause in Enum.GetValues<Cause>())
            foreach (var level in Enum.GetValues<AlarmLevel>())
                foreach (var status in Enum.GetValues<CapStatus>())
                    for (var earlier = 0; earlier < 3; earlier++)
                    {
                        var kind = level == AlarmLevel.None ? BulletinKind.AllClear : BulletinKind.Warning;
                        var alert = Composer.Compose(
                            Bulletin(kind, cause, level, cause is Cause.Threshold or Cause.Rate or Cause.Forecast ? 2_680 : null), Press.TamKy, status,
                            [.. Enumerable.Range(1, earlier).Select(i => new CapReference("canh-lu@tam-ky.example", $"m{i}", "2025-10-29T20:00:00+07:00"))], Now, Grade.A);
                        messages.Add(CapXml.Write(alert));
                        Schema.Valid(messages[^1]);
                    }
        await Schema.ValidByXmllint(messages);
    }

    [Property(MaxTest = 100)]
    public void The_higher_the_level_the_graver_and_never_less_urgent(int stage)
    {
        var ladder = Press.TamKy.StationOf("tam-ky")!.LadderAt(Now);
        var codes = new[] { AlarmLevel.I, AlarmLevel.II, AlarmLevel.III }
            .Select(level => CapCodes.Of(Bulletin(BulletinKind.Warning, Cause.Threshold, level, Math.Abs(stage % 5_000)), ladder)).ToArray();
        Assert.Equal(codes.Select(code => Gravity(code.Severity)).Order().Distinct(), codes.Select(code => Gravity(code.Severity)));
        Assert.Equal(["Expected", "Expected", "Immediate"], codes.Select(code => code.Urgency));

        static int Gravity(string severity) => Array.IndexOf(["Minor", "Moderate", "Severe", "Extreme"], severity);
    }

    [Theory]
    [InlineData(3_699, "Severe")]
    [InlineData(3_700, "Extreme")]
    public void A_metre_above_the_third_level_is_extreme(int stage, string severity) => Assert.Equal(
        severity, CapCodes.Of(Bulletin(BulletinKind.Warning, Cause.Threshold, AlarmLevel.III, stage), Press.TamKy.StationOf("tam-ky")!.LadderAt(Now)).Severity);

    [Theory]
    [InlineData("Asia/Ho_Chi_Minh", "2025-10-29T21:00:00+07:00")]
    [InlineData("UTC", "2025-10-29T14:00:00-00:00")]
    [InlineData("America/St_Johns", "2025-10-29T11:30:00-02:30")]
    public void Times_are_local_whole_seconds_and_never_Z(string zone, string written)
    {
        var site = Press.TamKy with { Zone = DateTimeZoneProviders.Tzdb[zone] };
        var alert = Composer.Compose(Bulletin(BulletinKind.Warning, Cause.Threshold, AlarmLevel.I, 1_700), site, CapStatus.Actual, [], Now + Duration.FromMilliseconds(999), null);
        Assert.Equal(written, alert.Sent);
        var document = Schema.Valid(CapXml.Write(alert));
        Assert.All(document.Descendants(XName.Get("expires", CapXml.Namespace)), expires => Assert.DoesNotContain('.', expires.Value));
    }

    static Bulletin Bulletin(BulletinKind kind, Cause cause, AlarmLevel level, int? stage) => new(
        7, 3, "tam-ky", "r", cause, kind, level, stage is { } high ? new Stage(high) : null, new RateOfRise(320), Now, Now, "auto",
        Now + Duration.FromHours(6) + Duration.FromMilliseconds(123))
    {
        Outflow = cause == Cause.Release ? new Outflow("Phú Ninh", 100, 400, Now + Duration.FromMinutes(30)) : null,
    };
}
