using System.Collections.Immutable;
using CanhLu.FirmwareSim.Rivers;
using CanhLu.FirmwareSim.Script;
using NodaTime;

namespace CanhLu.FirmwareSim.October;

/// <summary>The flood of 28–31 October 2025 at Tam Kỳ, rebuilt for the demo.</summary>
/// <remarks>
/// Official are three values only, to the centimetre, as is the whole curve: 2.44 m on 29 October 13:00, 2.68 m at 21:00 and 2.72 m on 30 October 01:00 (national bulletins, UTC+7).
/// The curve goes exactly through them; everything between, before and after them is a RECONSTRUCTION, drawn so that it rises as fast as
/// Tam Kỳ has risen in other floods (about 8 cm an hour), and shows the tide that the station feels while the water is low.
/// The stations above and below, the Wi-Fi points and the cameras are invented.
/// </remarks>
public static class OctoberFlood
{
    /// <summary>The gauge at Tam Kỳ.</summary>
    public const string TamKyGauge = "tk-gauge-1";

    /// <summary>The gauge upstream: earlier.</summary>
    public const string UpstreamGauge = "tn-gauge-1";

    /// <summary>The gauge downstream: later and lower, with more of the tide.</summary>
    public const string DownstreamGauge = "ah-gauge-1";

    /// <summary>The Wi-Fi point that loses its power while the water is highest.</summary>
    public const string DrownedAccessPoint = "wifi-02";

    /// <summary>The camera that sees people on the bank while the water is over BĐ II.</summary>
    public const string RiversideCamera = "cam-01";

    /// <summary>The first measurement.</summary>
    public static readonly Instant Begins = VietNam.Instant(2025, 10, 28, 12);

    /// <summary>The last measurement.</summary>
    public static readonly Instant Ends = VietNam.Instant(2025, 10, 31, 12);

    static readonly Duration Upstream = Duration.FromHours(-3);
    static readonly Duration Downstream = Duration.FromHours(2);
    static readonly Tide TamKyTide = new(0.06, VietNam.Instant(2025, 10, 28, 16));
    static readonly Tide DownstreamTide = new(0.16, VietNam.Instant(2025, 10, 28, 15));
    static readonly MonotoneCurve Curve = new(Points());

    /// <summary>Every device of the demo, as on the wire.</summary>
    public static ImmutableArray<string> Devices { get; } =
        [TamKyGauge, UpstreamGauge, DownstreamGauge, "wifi-01", DrownedAccessPoint, "wifi-03", RiversideCamera, "cam-02"];

    /// <summary>The water at Tam Kỳ, metres.</summary>
    public static double TamKyStageAt(Instant at) => Flood(at) + TamKyTide.At(at) * LowWater(Flood(at));

    /// <summary>What every device does from <see cref="Begins"/> to <see cref="Ends"/>. The same for the same seed.</summary>
    public static ImmutableArray<DeviceScript> Scripts(int seed = 2025)
    {
        var overII = new Window(VietNam.Instant(2025, 10, 29, 15), VietNam.Instant(2025, 10, 29, 18, 30));
        var dark = new Window(VietNam.Instant(2025, 10, 29, 22, 30), VietNam.Instant(2025, 10, 30, 5));
        var crowded = new Window(VietNam.Instant(2025, 10, 29, 17), VietNam.Instant(2025, 10, 29, 21));
        return
        [
            new Gauge(TamKyGauge, TamKyStageAt, new GaugeOptions { Decimals = 2 }).Script(Begins, Ends, seed),
            new Gauge(UpstreamGauge, UpstreamStageAt, new GaugeOptions { Rssi = -88, Noise = 0.002 }).Script(Begins, Ends, seed),
            new Gauge(DownstreamGauge, DownstreamStageAt, new GaugeOptions { Rssi = -64, Noise = 0.002, Battery = new(3.72, 0.04) }).Script(Begins, Ends, seed),
            new AccessPoint("wifi-01", new AccessPointOptions { Overload = [crowded] }).Script(Begins, Ends, seed),
            new AccessPoint(DrownedAccessPoint, new AccessPointOptions { Away = [dark] }).Script(Begins, Ends, seed),
            new AccessPoint("wifi-03", new AccessPointOptions { BusiestClients = 25 }).Script(Begins, Ends, seed),
            new Camera(RiversideCamera, new CameraOptions { People = [overII] }).Script(Begins, Ends, seed),
            new Camera("cam-02", new CameraOptions { Fps = 15 }).Script(Begins, Ends, seed),
        ];
    }

    static double UpstreamStageAt(Instant at) => 0.95 + 1.12 * (Flood(at - Upstream) - 0.9);

    static double DownstreamStageAt(Instant at) => 0.55 + 0.6 * (Flood(at - Downstream) - 0.9) + DownstreamTide.At(at);

    static double Flood(Instant at) => Curve.At((at - Begins).TotalHours);

    // The tide shows at low water only: whole at 1.0 m, gone at 1.3 m and above.
    static double LowWater(double stage) => Math.Clamp((1.3 - stage) / 0.3, 0, 1);

    static IEnumerable<(double Hours, double Level)> Points()
    {
        (Instant At, double Level)[] rebuilt =
        [
            (Begins, 0.90),
            (VietNam.Instant(2025, 10, 28, 18), 0.95),
            (VietNam.Instant(2025, 10, 28, 22), 1.10),
            (VietNam.Instant(2025, 10, 29, 2), 1.42),
            (VietNam.Instant(2025, 10, 29, 6), 1.80),
            (VietNam.Instant(2025, 10, 29, 10), 2.18),
            (VietNam.Instant(2025, 10, 30, 2), 2.73),
            (VietNam.Instant(2025, 10, 30, 6), 2.60),
            (VietNam.Instant(2025, 10, 30, 12), 2.25),
            (VietNam.Instant(2025, 10, 30, 18), 1.88),
            (VietNam.Instant(2025, 10, 31, 0), 1.58),
            (VietNam.Instant(2025, 10, 31, 6), 1.36),
            (Ends, 1.20),
        ];
        var official = OfficialReading.All()
            .Where(reading => reading.Station == "tam-ky" && Begins <= reading.At && reading.At <= Ends)
            .Select(reading => (reading.At, Level: (double)reading.Level));
        return rebuilt.Concat(official).OrderBy(point => point.At).Select(point => ((point.At - Begins).TotalHours, point.Level));
    }
}
