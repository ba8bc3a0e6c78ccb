using System.Globalization;
using System.Text;
using NodaTime;

namespace CanhLu.Backtest.Report;

/// <summary>A hydrograph with its thresholds, and under it, on the same time, what really was and what every rule said.</summary>
/// <param name="verdict">What is shown.</param>
/// <param name="station">Of which station.</param>
/// <param name="record">Its stages, with their curve.</param>
sealed class StationChart(Verdict verdict, Station station, StationRecord record)
{
    const int Width = 1040;
    const int Left = 64;
    const int Right = 900;
    const int Top = 20;
    const int Bottom = 286;
    const int Strip = 22;
    const int MostPoints = 900;
    const string Truth = "truth";

    /// <summary>Draws it from one time to another.</summary>
    public void Draw(Html html, Instant from, Instant to)
    {
        var points = record.Curve!.Between(from, to, MostPoints);
        var ladder = station.LadderAt(to) ?? (station.Ladders.IsEmpty ? null : station.Ladders[0]);
        var time = new TimeAxis(from, to, verdict.Tried.Site.Zone, Left, Right);
        var seen = Seen(points, ladder);
        var stage = new StageAxis(seen.Least, seen.Greatest, Top, Bottom);
        var strips = Strips().Where(strip => strip.Kind == Truth || strip.Spans.Any(span => span.To >= from && span.From <= to)).ToList();
        var height = Bottom + 34 + Strip * strips.Count;
        html.Raw($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Html.Escape(station.Name)}\">");
        foreach (var (y, metres) in stage.Marks())
            html.Raw($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>").Raw($"{Text(Left - 8, y + 4, "tick end", Metres(metres, "vi"), Metres(metres, "en"))}");
        foreach (var (x, vi, en) in time.Marks())
            html.Raw($"<line class=\"grid\" x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"{Top}\" y2=\"{height - 6}\"/>").Raw($"{Text(x, Bottom + 16, "tick middle", vi, en)}");
        Water(html, points, time, stage, record.Curve.Resolution(from, to, MostPoints));
        if (ladder is not null)
            Thresholds(html, ladder, stage);
        for (var i = 0; i < strips.Count; i++)
            DrawStrip(html, strips[i], time, Bottom + 26 + Strip * i);
        html.Raw($"</svg>");
    }

    /// <summary>What the rules that are tried, and those in force, said; and what really was.</summary>
    IEnumerable<(string Vi, string En, string Kind, List<Span> Spans)> Strips()
    {
        var end = verdict.Observed.Last!.Value;
        if (verdict.Scorer is { } scorer)
        {
            var truth = new List<Span>();
            foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.II, AlarmLevel.III])
                truth.AddRange(scorer.Events(level).Where(one => one.Station == station.Id).Select(one => new Span(one.Begins, one.Ends, level)));
            yield return ("Thực tế", "Truth", Truth, truth);
        }
        foreach (var (rule, spans) in Span.Of(verdict.Tried, station.Id, end))
            yield return (rule.Name, rule.Id, Kind(rule), spans);
        if (verdict.InForce is { } other)
            foreach (var (rule, spans) in Span.Of(other, station.Id, end))
                yield return ($"{rule.Name} (cũ)", $"{rule.Id} (in force)", Kind(rule) + " other", spans);
    }

    static string Kind(Rule rule) => rule is Rule.Silence ? "quiet" : "rule";

    static (int Least, int Greatest) Seen(IReadOnlyList<(Instant At, int Min, int Max)> points, ThresholdSet? ladder)
    {
        if (points.Count == 0)
            return ladder is null ? (0, 1000) : (ladder.I.Clear.Millimetres, ladder.III.Raise.Millimetres);
        var (least, greatest) = (points.Min(point => point.Min), points.Max(point => point.Max));
        if (ladder is not null)
        {
            var far = ladder.III.Raise - ladder.I.Raise;
            foreach (var step in (Threshold[])[ladder.I, ladder.II, ladder.III])
                if (step.Raise.Millimetres - greatest <= far)
                    greatest = Math.Max(greatest, step.Raise.Millimetres);
        }
        return (least, greatest);
    }

    static void Water(Html html, IReadOnlyList<(Instant At, int Min, int Max)> points, TimeAxis time, StageAxis stage, Duration resolution)
    {
        var line = new StringBuilder();
        var band = new StringBuilder();
        var widest = Duration.Max(resolution * 3, Duration.FromHours(2));
        for (var i = 0; i < points.Count;)
        {
            var end = i + 1;
            while (end < points.Count && points[end].At - points[end - 1].At <= widest)
                end++;
            if (end - i == 1)
                html.Raw($"<circle class=\"water\" r=\"3\" cx=\"{time.X(points[i].At):0.0}\" cy=\"{stage.Y(points[i].Max):0.0}\"/>");
            for (var k = i; k < end; k++)
                line.Append(CultureInfo.InvariantCulture, $"{(k == i ? 'M' : 'L')}{time.X(points[k].At):0.0} {stage.Y(points[k].Max):0.0}");
            for (var k = i; k < end; k++)
                band.Append(CultureInfo.InvariantCulture, $"{(k == i ? 'M' : 'L')}{time.X(points[k].At):0.0} {stage.Y(points[k].Max):0.0}");
            for (var k = end - 1; k >= i; k--)
                band.Append(CultureInfo.InvariantCulture, $"L{time.X(points[k].At):0.0} {stage.Y(points[k].Min):0.0}");
            band.Append('Z');
            i = end;
        }
        html.Raw($"<path class=\"band\" d=\"{band}\"/><path class=\"water\" d=\"{line}\"/>");
        if (points.Count == 0)
            return;
        var peak = points.MaxBy(point => point.Max);
        var (x, y) = (time.X(peak.At), stage.Y(peak.Max));
        html.Raw($"<circle class=\"water\" r=\"3\" cx=\"{x:0.0}\" cy=\"{y:0.0}\"/>")
            .Raw($"{Text(Math.Clamp(x, Left + 30, Right - 30), y - 8, "peak middle", Metres(new Stage(peak.Max), "vi"), Metres(new Stage(peak.Max), "en"))}");
    }

    static void Thresholds(Html html, ThresholdSet ladder, StageAxis stage)
    {
        foreach (var level in (AlarmLevel[])[AlarmLevel.I, AlarmLevel.II, AlarmLevel.III])
        {
            var y = stage.Y(ladder[level].Raise.Millimetres);
            if (y < Top)
                continue;
            html.Raw($"<line class=\"threshold l{(int)level}\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>")
                .Raw($"{Text(Right + 6, y + 4, $"mark l{(int)level}", $"BĐ {level} · {Metres(ladder[level].Raise, "vi")}", $"Level {level} · {Metres(ladder[level].Raise, "en")}")}");
        }
    }

    void DrawStrip(Html html, (string Vi, string En, string Kind, List<Span> Spans) strip, TimeAxis time, int y)
    {
        html.Raw($"<rect class=\"lane\" x=\"{Left}\" width=\"{Right - Left}\" y=\"{y}\" height=\"{Strip - 6}\"/>");
        foreach (var span in strip.Spans.Where(span => span.To >= time.From && span.From <= time.To))
        {
            var (x, width) = (time.X(span.From), Math.Max(2, time.X(span.To) - time.X(span.From)));
            html.Raw($"<rect class=\"{strip.Kind} l{(int)span.Level}\" x=\"{x:0.0}\" width=\"{width:0.0}\" y=\"{y}\" height=\"{Strip - 6}\"><title>{Html.Escape(Tip(span))}</title></rect>");
        }
        html.Raw($"{Text(Right + 6, y + 12, "name", Short(strip.Vi), Short(strip.En))}");
    }

    string Tip(Span span) => string.Create(CultureInfo.InvariantCulture, $"{span.Level}: {Local(span.From):dd/MM/yyyy HH:mm} – {Local(span.To):dd/MM/yyyy HH:mm}");

    DateTime Local(Instant at) => at.InZone(verdict.Tried.Site.Zone).ToDateTimeUnspecified();

    static string Short(string name) => name.Length > 22 ? name[..21] + "…" : name;

    static string Metres(Stage stage, string language) => Numbers.Decimal((double)stage.Metres, "0.00", language) + " m";

    static string Metres(double metres, string language) => Numbers.Decimal(metres, "0.0", language) + " m";

    static string Text(double x, double y, string kind, string vi, string en)
    {
        string One(string language, string text) => string.Create(
            CultureInfo.InvariantCulture, $"<text class=\"{kind} {language}\" x=\"{x:0.0}\" y=\"{y:0.0}\">{Html.Escape(text)}</text>");
        return vi == en ? One("", vi) : One("vi", vi) + One("en", en);
    }
}
