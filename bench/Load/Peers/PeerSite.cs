using System.Globalization;
using System.Text;
using CanhLu.Host.SiteFiles;

namespace CanhLu.Bench.Peers;

/// <summary>The work that every peer is given, and the engine's site for it, as files: stations, devices and people are the <see cref="Town"/>'s.</summary>
static class PeerSite
{
    public const int Stations = BenchSite.Areas;

    /// <summary>Where the level begins.</summary>
    public const string RaiseMetres = "1.70";

    /// <summary>How fast water is fast, and over how much of the past, of which at least half must be there.</summary>
    public const int RaiseMetresPerHour = 10;

    public const int WindowSeconds = 10;

    public static void Write(string folder, string? broker)
    {
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(SiteFolder.Default(), SiteFolder.BulletinsFile), Path.Combine(folder, SiteFolder.BulletinsFile));
        File.WriteAllText(Path.Combine(folder, SiteFolder.RulesFile), string.Create(CultureInfo.InvariantCulture, $"""
            rules:
              - id: bao-dong
                type: stage-ladder
                name: Báo động lũ
                policy: auto
              - id: len-nhanh
                type: rate-of-rise
                name: Nước lên nhanh
                policy: auto
                window: {WindowSeconds}s
                min_points: 4
                min_span: {WindowSeconds / 2}s
                raise_m_per_h: {RaiseMetresPerHour}
                clear_m_per_h: {RaiseMetresPerHour / 2}

            """));
        var text = new StringBuilder("id: bench\nname: Bench\nzone: Asia/Ho_Chi_Minh\nfuture_tolerance: 5m\nvalidity: { warning: 6h, all_clear: 24h }\n");
        if (broker is not null)
            text.Append(CultureInfo.InvariantCulture, $"broker: {{ url: \"{broker}\", client_id: canhlu-bench, receive_maximum: 1000 }}\n");
        text.Append("tellings:\n");
        foreach (var level in (string[])["I", "II", "III", "all-clear"])
            text.Append(CultureInfo.InvariantCulture, $"  - {{ level: {level}, carriers: [esms], together: false }}\n");
        text.Append("areas:\n");
        for (var i = 0; i < Stations; i++)
            text.Append(CultureInfo.InvariantCulture, $"  - {{ code: \"{BenchSite.AreaCode(i)}\", name: \"Phường {i}\" }}\n");
        text.Append("stations:\n");
        for (var i = 0; i < Stations; i++)
            text.Append(CultureInfo.InvariantCulture, $$"""
                  - id: station-{{i:0000}}
                    name: Trạm {{i}}
                    river: Tam Kỳ
                    datum: Hòn Dấu
                    latitude: 15.57
                    longitude: 108.48
                    areas: ["{{BenchSite.AreaCode(i)}}"]
                    report_every: 1s
                    ladders:
                      - from: 2020-01-01T00:00:00+07:00
                        I: { raise_m: {{RaiseMetres}}, clear_m: 1.60, raise_hold: 0s, clear_hold: 0s }
                        II: { raise_m: 2.20, clear_m: 2.10, raise_hold: 0s, clear_hold: 0s }
                        III: { raise_m: 2.70, clear_m: 2.60, raise_hold: 0s, clear_hold: 0s }

                """);
        text.Append("models:\n  - id: gauge\n    kind: gauge\n    fields:\n      - { name: stage_m, quantity: stage, unit: mm, scale: 1000, min: -5, max: 20 }\ndevices:\n");
        for (var i = 0; i < Stations; i++)
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: {Bench.Load.DeviceName(i)}, model: gauge, station: station-{i:0000}, name: Cột {i} }}\n");
        File.WriteAllText(Path.Combine(folder, SiteFolder.SiteFile), text.ToString());
    }
}
