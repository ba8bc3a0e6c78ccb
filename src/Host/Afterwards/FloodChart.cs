using System.Globalization;
using System.Text;
using CanhLu.Backtest;
using CanhLu.Backtest.Report;
using NodaTime;

namespace CanhLu.Host.Afterwards;

/// <summary>The hydrograph with its levels, and under it, on the same time: alarms, decisions, sends and receipts.</summary>
/// <param name="after">What is told.</param>
/// <param name="river">Of which station.</param>
sealed class FloodChart(Aftermath after, StationWater river)
{
    const int Width = 1040;
    const int Left = 64;
    const int Right = 900;
    const int Top = 22;
    const int Bottom = 300;
    const int Strip = 22;
    const int MostPoints = 1_500;

    static readonly Duration Gap = Duration.FromHours(2);
    static readonly AlarmLevel[] Levels = [AlarmLevel.I, AlarmLevel.II, AlarmLevel.III];

    readonly TimeAxis _time = new(after.From, after.To, after.Site.Zone, Left, Right);

    sealed record Mark(string Kind, Instant From, Instant To, string Tip);

    /// <summary>Draws it.</summary>
    public void Draw(Html html)
    {
        var ladder = river.Station.LadderAt(after.To);
        var points = Thinned();
        var (least, greatest) = points.Count == 0 ? (0, 1_000) : (points.Min(point => point.Low.Millimetres), points.Max(point => point.High.Millimetres));
        if (ladder is not null)
            (least, greatest) = (Math.Min(least, ladder.I.Clear.Millimetres), Math.Max(greatest, ladder.III.Raise.Millimetres));
        var stage = new StageAxis(least, greatest, Top, Bottom);
        var strips = Strips().Where(strip => strip.Marks.Count > 0).ToList();
        var height = Bottom + 34 + Strip * strips.Count;
        html.Raw($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Html.Escape(river.Station.Name)}\">");
        if (ladder is not null)
            Bands(html, ladder, stage);
        foreach (var (y, metres) in stage.Marks())
            html.Raw($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>")
                .Raw($"{Text(Left - 8, y + 4, "tick end", Numbers.Decimal(metres, "0.0", "vi") + " m", Numbers.Decimal(metres, "0.0", "en") + " m")}");
        foreach (var (x, vi, en) in _time.Marks())
            html.Raw($"<line class=\"grid\" x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"{Top}\" y2=\"{height - 6}\"/>").Raw($"{Text(x, Bottom + 16, "tick middle", vi, en)}");
        Line(html, points, stage);
        Decisions(html, height);
        for (var i = 0; i < strips.Count; i++)
            Lane(html, strips[i], Bottom + 26 + Strip * i);
        html.Raw($"</svg>");
    }

    List<Water> Thinned()
    {
        var each = Math.Max(1, river.Water.Length / MostPoints);
        return [.. river.Water.Chunk(each).Select(some => new Water(some[0].At, some.Min(water => water.Low), some.Max(water => water.High)))];
    }

    static void Bands(Html html, ThresholdSet ladder, StageAxis stage)
    {
        foreach (var level in Levels)
        {
            var (y, above) = (stage.Y(ladder[level].Raise.Millimetres), level == AlarmLevel.III ? Top : stage.Y(ladder[level + 1].Raise.Millimetres));
            html.Raw($"<rect class=\"zone l{(int)level}\" x=\"{Left}\" width=\"{Right - Left}\" y=\"{above:0.0}\" height=\"{Math.Max(0, y - above):0.0}\"/>")
                .Raw($"<line class=\"threshold l{(int)level}\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>")
                .Raw($"{Text(Right + 6, y + 4, $"mark l{(int)level}", $"BĐ {level} · {Metres(ladder[level].Raise, "vi")}", $"Level {level} · {Metres(ladder[level].Raise, "en")}")}");
        }
    }

    void Line(Html html, List<Water> points, StageAxis stage)
    {
        var line = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
            line.Append(CultureInfo.InvariantCulture,
                $"{(i == 0 || points[i].At - points[i - 1].At > Gap ? 'M' : 'L')}{_time.X(points[i].At):0.0} {stage.Y(points[i].High.Millimetres):0.0}");
        html.Raw($"<path class=\"water\" d=\"{line}\"/>");
        if (river.Peak is not { } peak)
            return;
        var (x, y) = (_time.X(peak.At), stage.Y(peak.High.Millimetres));
        html.Raw($"<circle class=\"water\" r=\"3\" cx=\"{x:0.0}\" cy=\"{y:0.0}\"/>")
            .Raw($"{Text(Math.Clamp(x, Left + 30, Right - 30), y - 8, "peak middle", Metres(peak.High, "vi"), Metres(peak.High, "en"))}");
    }

    /// <summary>A line with the bulletin's number where it was decided.</summary>
    void Decisions(Html html, int height)
    {
        foreach (var bulletin in after.Bulletins.Where(bulletin => bulletin.Station == river.Station.Id && IsShown(bulletin.DecidedAt)))
        {
            var x = _time.X(bulletin.DecidedAt);
            html.Raw($"<line class=\"decided l{(int)bulletin.Level}\" x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"{Top}\" y2=\"{height - 6}\"/>")
                .Raw($"{Text(x, Top - 8, "peak middle", $"#{bulletin.Id}", $"#{bulletin.Id}")}");
        }
    }

    IEnumerable<(string Vi, string En, List<Mark> Marks)> Strips()
    {
        foreach (var rule in after.Episodes.Where(episode => episode.Subject == river.Station.Id).GroupBy(episode => episode.Rule))
            yield return (after.Site.Rules.FirstOrDefault(one => one.Id == rule.Key)?.Name ?? rule.Key, rule.Key,
            [
                .. rule.Select(episode => new Mark($"l{(int)episode.PeakLevel}", episode.OpenedAt, episode.EndedAt ?? after.To, $"#{episode.Id}: {episode.PeakLevel}")),
            ]);
        var here = after.Bulletins.Where(bulletin => bulletin.Station == river.Station.Id).ToList();
        yield return ("Đã gửi", "Sent", Spans(here, "sent", ward => ward.FirstHandedOverAt, ward => ward.LastAcceptedAt));
        yield return ("Tới máy", "On handsets", Spans(here, "arrived", ward => ward.FirstDeliveredAt, ward => ward.LastDeliveredAt));
    }

    List<Mark> Spans(
        IEnumerable<CanhLu.Duty.DecidedBulletin> bulletins, string kind, Func<CanhLu.Notify.WardOutcome, Instant?> begin, Func<CanhLu.Notify.WardOutcome, Instant?> end) =>
    [
        .. bulletins.Select(bulletin => (bulletin.Id, Wards: after.Wards.Where(ward => ward.Bulletin == bulletin.Id && begin(ward) is not null && end(ward) is not null).ToList()))
            .Where(one => one.Wards.Count > 0)
            .Select(one => new Mark(kind, one.Wards.Min(ward => begin(ward)!.Value), one.Wards.Max(ward => end(ward)!.Value), $"#{one.Id}")),
    ];

    void Lane(Html html, (string Vi, string En, List<Mark> Marks) strip, int y)
    {
        html.Raw($"<rect class=\"lane\" x=\"{Left}\" width=\"{Right - Left}\" y=\"{y}\" height=\"{Strip - 6}\"/>");
        foreach (var mark in strip.Marks.Where(mark => mark.To >= after.From && mark.From <= after.To))
        {
            var (x, width) = (_time.X(mark.From), Math.Max(3, _time.X(mark.To) - _time.X(mark.From)));
            html.Raw($"<rect class=\"{mark.Kind}\" x=\"{x:0.0}\" width=\"{width:0.0}\" y=\"{y}\" height=\"{Strip - 6}\"><title>{Html.Escape(mark.Tip)}</title></rect>");
        }
        html.Raw($"{Text(Right + 6, y + 12, "name", Short(strip.Vi), Short(strip.En))}");
    }

    bool IsShown(Instant at) => at >= after.From && at <= after.To;

    static string Short(string name) => name.Length > 22 ? name[..21] + "…" : name;

    static string Metres(Stage stage, string language) => Numbers.Decimal((double)stage.Metres, "0.00", language) + " m";

    static string Text(double x, double y, string kind, string vi, string en)
    {
        string One(string language, string text) => string.Create(
            CultureInfo.InvariantCulture, $"<text class=\"{kind} {language}\" x=\"{x:0.0}\" y=\"{y:0.0}\">{Html.Escape(text)}</text>");
        return vi == en ? One("", vi) : One("vi", vi) + One("en", en);
    }
}
